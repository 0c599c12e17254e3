/** A project as the Actions answer it. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { toUtcSeconds } from '../../../base/times.js'
import { coverOf } from '../playback/cover.js'
import { playUrl } from '../shared/addresses/addresses.js'
import { defaultDomain } from '../shared/addresses/output-type.js'
import { materialTypeOf, mediumNamed } from './material.js'
import type { EditingProject } from './project.js'

/** What all of them answer. */
export const briefInfo = z.object({
  ProjectId: z.string(),
  Title: z.string(),
  Description: z.string().optional(),
  Status: z.string(),
  CreationTime: z.string(),
  ModifiedTime: z.string(),
})

/** See {@link briefInfo}. */
export const briefInfoOf = (project: EditingProject): z.input<typeof briefInfo> => ({
  ProjectId: project.projectId,
  Title: project.title,
  Description: project.description,
  Status: project.status,
  CreationTime: toUtcSeconds(project.createdAt),
  ModifiedTime: toUtcSeconds(project.modifiedAt),
})

/** What is answered of projects that are looked for. */
export const projectInfo = briefInfo.extend({
  CoverURL: z.string().optional(),
  RegionId: z.string(),
  StorageLocation: z.string(),
})

/** See {@link projectInfo}. */
export const projectInfoOf = (account: Account, project: EditingProject): z.input<typeof projectInfo> => ({
  ...briefInfoOf(project),
  CoverURL: project.coverUrl ?? mediumCover(account, project.firstMediaId),
  RegionId: project.region,
  StorageLocation: project.storageLocation,
})

/** Address of what stands for a medium as a picture: the cover of a video, and of a picture itself. */
export function mediumCover(account: Account, mediaId: string | undefined): string | undefined {
  const medium = mediaId === undefined ? undefined : mediumNamed(account, mediaId)
  if (medium === undefined) return undefined
  const domain = defaultDomain(account)
  if ('video' in medium) return coverOf(account, medium.video, { domain })
  if (materialTypeOf(medium) !== 'image') return undefined
  const { file } = 'image' in medium ? medium.image : medium.attached
  return playUrl(account, file, { domain })
}
