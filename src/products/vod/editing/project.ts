/** Editing projects. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import type { ErrorTable, Refusal } from '../../../base/errors.js'
import { timestampSchema } from '../../../base/time-schemas.js'
import { newId } from '../shared/media/new-id.js'

/** What becomes of a project. The appendix prints the last one without its last letter, the chapter with it. */
export const projectStatuses = ['Normal', 'Producing', 'Produced', 'ProduceFailed'] as const

export const editingProjectSchema = z.object({
  projectId: z.string(),
  title: z.string(),
  description: z.string().optional(),
  /** Cover that the caller has chosen. */
  coverUrl: z.string().optional(),
  status: z.enum(projectStatuses),
  /** JSON, as it was given. */
  timeline: z.string(),
  /** Seconds of the timeline, if all was known that it takes when it was saved. */
  duration: z.number().optional(),
  /** The medium that comes first on the timeline. */
  firstMediaId: z.string().optional(),
  /** Media that wait to be edited, in the order in which they were given. */
  materialIds: z.array(z.string()),
  /** Job of the latest production, on which the status depends. */
  productionId: z.string().optional(),
  region: z.string(),
  storageLocation: z.string(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link editingProjectSchema}. */
export type EditingProject = z.output<typeof editingProjectSchema>

/** The chapter has no table of errors at all; this is named as VOD names others. */
export const projectErrors = {
  'InvalidEditingProject.NotFound': { status: 404, message: 'The editing project does not exist.' },
} as const satisfies ErrorTable

type Fail = (code: 'InvalidEditingProject.NotFound', refusal: Refusal) => never

/** The project that a call names. */
export const projectNamed = ({ vod }: Account, projectId: string, fail: Fail): EditingProject =>
  vod.editingProjects.get(projectId) ??
  fail('InvalidEditingProject.NotFound', { param: 'ProjectId', reason: 'is not the id of an editing project of this account' })

/** Changes a project, and the time of its last change. */
export const updateProject = (
  { vod, clock }: Account,
  projectId: string,
  change: (draft: EditingProject) => void,
): EditingProject | undefined =>
  vod.editingProjects.update(projectId, (draft) => {
    change(draft)
    draft.modifiedAt = clock.now()
  })

/** Creates a project that is a draft as yet. */
export function createProject(
  account: Account,
  project: Omit<EditingProject, 'projectId' | 'status' | 'productionId' | 'createdAt' | 'modifiedAt'>,
): EditingProject {
  const now = account.clock.now()
  return account.vod.editingProjects.put({ ...project, projectId: newId(account), status: 'Normal', createdAt: now, modifiedAt: now })
}

/** Words for a project, as far as they are given. */
interface Words {
  Title?: string | undefined
  Description?: string | undefined
  CoverURL?: string | undefined
}

/** Puts words into the draft of a project. */
export function changeWords(draft: EditingProject, { Title, Description, CoverURL }: Words): void {
  if (Title !== undefined) draft.title = Title
  if (Description !== undefined) draft.description = Description
  if (CoverURL !== undefined) draft.coverUrl = CoverURL
}
