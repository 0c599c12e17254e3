/** Editing projects, created, changed, deleted and found (VOD manual 9.3.1 to 9.3.5). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { yieldToOthers } from '../../../base/clock.js'
import { integer, oneOf, text, utcTime } from '../../../params/scalars.js'
import { csv, url } from '../../../params/structures.js'
import { findAll, ids } from '../media-assets/common/find.js'
import { creationOrder } from '../media-assets/common/paging.js'
import { checkTimeRange, isWithin } from '../media-assets/common/times.js'
import { vod } from '../shared/service/service.js'
import { storagesOf } from '../shared/storage/storages.js'
import { id } from '../upload/params.js'
import { changeWords, createProject, projectErrors, projectNamed, projectStatuses, updateProject } from './project.js'
import { briefInfo, briefInfoOf, projectInfo, projectInfoOf } from './project-info.js'
import { checkProjectQuota } from './quota.js'
import { durationOf, saved } from './save.js'
import { EMPTY_TIMELINE, readTimeline, timelineParam } from './timeline.js'

/** Title of a project; the manual has no limits for words about projects. */
const title = () => text({ maxBytes: 1024, ownLimit: true })

/** Words for a project. */
export const projectWords = {
  Title: title(),
  Description: text({ maxBytes: 4096, ownLimit: true }).optional(),
  CoverURL: url().optional(),
}

export const addEditingProject = vod.action('AddEditingProject', {
  summary: 'Creates an editing project.',
  source: 'VOD manual 9.3.1',
  limit: perSecond(30),
  input: () => ({ ...projectWords, Timeline: timelineParam().optional(), Division: oneOf(vod.regions).optional() }),
  output: () => z.object({ Project: briefInfo }),
  run({ input, account, fail }) {
    const { Timeline = { text: EMPTY_TIMELINE, timeline: readTimeline(EMPTY_TIMELINE) } } = input
    checkProjectQuota(account, undefined, { timeline: Timeline.text, materialIds: [] }, fail)
    const [{ location, region }] = storagesOf(account)
    const project = createProject(account, {
      title: input.Title,
      description: input.Description,
      coverUrl: input.CoverURL,
      ...saved(account, Timeline),
      materialIds: [],
      region: input.Division ?? region,
      storageLocation: location,
    })
    return { Project: briefInfoOf(project) }
  },
})

export const updateEditingProject = vod.action('UpdateEditingProject', {
  summary: 'Changes title, description, cover or timeline of an editing project; what is not given stays.',
  source: 'VOD manual 9.3.2',
  limit: perSecond(10),
  input: () => ({ ProjectId: id(), ...projectWords, Title: projectWords.Title.optional(), Timeline: timelineParam().optional() }),
  output: () => z.object({}),
  errors: projectErrors,
  run({ input: { ProjectId, Timeline, ...words }, account, fail }) {
    const project = projectNamed(account, ProjectId, fail)
    if (Timeline) checkProjectQuota(account, project, { ...project, timeline: Timeline.text }, fail)
    updateProject(account, ProjectId, (draft) => {
      changeWords(draft, words)
      if (Timeline) Object.assign(draft, saved(account, Timeline))
    })
    return {}
  },
})

export const deleteEditingProject = vod.action('DeleteEditingProject', {
  summary: 'Deletes editing projects; the media on them, and the videos that were made of them, stay.',
  source: 'VOD manual 9.3.3',
  limit: perSecond(20),
  input: () => ({ ProjectIds: ids() }),
  output: () => z.object({}),
  errors: projectErrors,
  run({ input: { ProjectIds }, account, fail }) {
    const { found } = findAll(account.vod.editingProjects, ProjectIds)
    // As DeleteVideo has it: those that are missing count for nothing beside others that are not.
    if (found.length === 0)
      fail('InvalidEditingProject.NotFound', { param: 'ProjectIds', reason: 'holds no id of an editing project of this account' })
    // What is being produced of one is finished all the same: the id of the video has been handed out.
    for (const { projectId } of found) account.vod.editingProjects.delete(projectId)
    return {}
  },
})

export const getEditingProject = vod.action('GetEditingProject', {
  summary: 'Answers an editing project with its timeline.',
  source: 'VOD manual 9.3.4',
  limit: perSecond(30),
  input: () => ({ ProjectId: id() }),
  output: () => z.object({ Project: projectInfo.extend({ Timeline: z.string() }) }),
  errors: projectErrors,
  run({ input: { ProjectId }, account, fail }) {
    const project = projectNamed(account, ProjectId, fail)
    return { Project: { ...projectInfoOf(account, project), Timeline: project.timeline } }
  },
})

export const searchEditingProject = vod.action('SearchEditingProject', {
  summary: 'Lists editing projects by title, status and time of creation, a page at a time.',
  source: 'VOD manual 9.3.5',
  limit: perSecond(30),
  input: () => ({
    Title: title().optional(),
    Status: csv(oneOf(projectStatuses)).optional(),
    StartTime: utcTime().optional(),
    EndTime: utcTime().optional(),
    PageNo: integer({ min: 1 }).default(1),
    PageSize: integer({ min: 1, max: 100 }).default(10),
    SortBy: creationOrder(),
  }),
  output: () =>
    z.object({
      /** How many match, on all pages. */
      Total: z.number(),
      ProjectList: z.object({
        Project: z.array(
          projectInfo.extend({
            /** Seconds of the timeline. */
            Duration: z.number(),
          }),
        ),
      }),
    }),
  async run({ input, account, fail }) {
    const { Title, Status, PageNo, PageSize } = input
    checkTimeRange(input, fail)
    const within = isWithin(input)
    // A part of the title, in any letter case, as in the search of media.
    const words = Title?.toLowerCase()
    const { total, rows } = account.vod.editingProjects.list({
      by: { status: Status },
      where: (project) => within(project.createdAt) && (words === undefined || project.title.toLowerCase().includes(words)),
      orderBy: ({ createdAt }) => createdAt,
      descending: input.SortBy === 'CreationTime:Desc',
      skip: (PageNo - 1) * PageSize,
      take: PageSize,
    })
    const found = []
    for (const project of rows) {
      // The timeline has to be read again if not all was known of it.
      if (project.duration === undefined) await yieldToOthers()
      found.push({ ...projectInfoOf(account, project), Duration: durationOf(account, project) })
    }
    return { Total: total, ProjectList: { Project: found } }
  },
})
