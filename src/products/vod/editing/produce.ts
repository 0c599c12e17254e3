/** Videos made of timelines (VOD manual 9.2). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { json } from '../../../params/structures.js'
import { resourceErrors, videoErrors } from '../media-assets/common/errors.js'
import { MADE_EXTENSION } from '../shared/lifecycle/made.js'
import { createVideo, sourceFile } from '../shared/media/new-video.js'
import { userData } from '../shared/media/user-data-param.js'
import { appId } from '../shared/service/app-id.js'
import { regionOf } from '../shared/service/region.js'
import { vod } from '../shared/service/service.js'
import { refuseTooManyJobs } from '../shared/service/too-many-jobs.js'
import { defaultTemplateGroupOf } from '../shared/templates/built-in.js'
import { decimal, structure, words } from '../shared/templates/structure.js'
import { checkProcessing, storageOf } from '../upload/destination.js'
import { processingErrors, storageErrors } from '../upload/errors.js'
import { address, bytes, tagList, wholeNumber } from '../upload/metadata.js'
import { id } from '../upload/params.js'
import { problemOf } from './check.js'
import { produceJob, startProduction } from './produce-job.js'
import { changeWords, createProject, type EditingProject, projectErrors, projectNamed, updateProject } from './project.js'
import { projectWords } from './projects.js'
import { checkProjectQuota } from './quota.js'
import { mediaOn, saved } from './save.js'
import { EMPTY_TIMELINE, type GivenTimeline, readTimeline, timelineParam } from './timeline.js'

/** What is said of the video (manual 17.3). Lengths are in bytes. */
const mediaMetadata = structure(() => ({
  Title: bytes(128).optional(),
  Description: bytes(1024).optional(),
  CoverURL: address().optional(),
  CateId: wholeNumber.optional(),
  Tags: tagList(bytes).optional(),
}))

/** Pixels of the longer side of the largest picture that is encoded. */
const MAX_PIXELS = 4096

/** How the video is made, and what is done with it then (manual 17.3). A production template is one that the service has set up: there is none to be looked up. */
const produceConfig = structure(() => ({
  TemplateGroupId: words(64).optional(),
  TemplateId: words(64).optional(),
  Width: decimal({ min: 1, max: MAX_PIXELS, whole: true }).optional(),
  Height: decimal({ min: 1, max: MAX_PIXELS, whole: true }).optional(),
  StorageLocation: words(256).optional(),
}))

type MediaMetadata = Partial<z.output<typeof mediaMetadata>>

type ProduceConfig = Partial<z.output<typeof produceConfig>>

/** The region in which StorageLocation may be left out. */
const MAIN_REGION = 'cn-shanghai'

export const produceEditingProjectVideo = vod.action('ProduceEditingProjectVideo', {
  summary: 'Makes a video of a timeline: of the one that is given, or of that of an editing project.',
  source: 'VOD manual 9.2',
  limit: perSecond(50),
  input: () => ({
    ProjectId: id().optional(),
    Timeline: timelineParam().optional(),
    ...projectWords,
    Title: projectWords.Title.optional(),
    MediaMetadata: json(mediaMetadata).optional(),
    ProduceConfig: json(produceConfig).optional(),
    UserData: userData().optional(),
    // Not in the manual, but in the interface.
    AppId: appId(),
  }),
  output: () =>
    z.object({
      /** The video that it becomes. */
      MediaId: z.string(),
      ProjectId: z.string(),
    }),
  errors: {
    ...projectErrors,
    // The chapter has no table of errors: these are what others answer for the same reasons.
    ...videoErrors,
    ...resourceErrors,
    ...processingErrors,
    ...storageErrors,
    AddVideoFailed: { status: 503, message: 'Adding video has failed due to some unknown error.' },
  },
  job: produceJob,
  async run({ input, account, call, fail }) {
    if (input.ProjectId === undefined && input.Timeline === undefined)
      fail('MissingParameter', { param: 'Timeline', reason: 'is not given, nor is ProjectId; one of them is needed' })
    const project = input.ProjectId === undefined ? undefined : projectNamed(account, input.ProjectId, fail)
    const Timeline = input.Timeline ?? savedTimeline(project)
    const problem = problemOf(account, Timeline.timeline)
    if (problem) fail(problem.code, { param: 'Timeline', reason: problem.reason })
    const { TemplateGroupId, StorageLocation, Width, Height }: ProduceConfig = input.ProduceConfig ?? {}
    const region = regionOf(call)
    if (region !== undefined && region !== MAIN_REGION && StorageLocation === undefined)
      fail('MissingParameter', { param: 'ProduceConfig', reason: `has no StorageLocation, which regions other than ${MAIN_REGION} need` })
    const storage = storageOf(account, StorageLocation, fail)
    checkProcessing(account, { TemplateGroupId }, fail)
    refuseTooManyJobs(account, fail)
    const content = {
      ...saved(account, Timeline),
      materialIds: input.Timeline ? mediaOn(Timeline.timeline) : (project?.materialIds ?? []),
    }
    checkProjectQuota(account, project, content, fail)

    const title = input.Title ?? project?.title ?? `视频_${account.clock.now()}`
    const file = sourceFile(account, storage, MADE_EXTENSION)
    const metadata: MediaMetadata = input.MediaMetadata ?? {}
    const video = createVideo(account, storage, file, {
      title: metadata.Title ?? title,
      description: metadata.Description,
      tags: metadata.Tags ?? [],
      cateId: metadata.CateId,
      coverUrl: metadata.CoverURL,
      fileName: file.key,
      mediaSource: 'editing',
      templateGroupId: TemplateGroupId ?? defaultTemplateGroupOf(account, input.AppId)?.templateGroupId,
      userData: input.UserData,
      appId: input.AppId,
    })
    if (video === undefined)
      return fail('AddVideoFailed', { reason: 'the account holds as many videos as the setting vod.maxMedia allows' })
    const { videoId } = video
    const { projectId } =
      project ?? createProject(account, { ...content, title, region: storage.region, storageLocation: storage.location })
    updateProject(account, projectId, (draft) => {
      changeWords(draft, input)
      Object.assign(draft, content)
    })
    await startProduction(account, { projectId, videoId, timeline: Timeline.text, width: Width, height: Height })
    return { MediaId: videoId, ProjectId: projectId }
  },
})

/** The timeline that was saved last. */
function savedTimeline(project: EditingProject | undefined): GivenTimeline {
  const text = project?.timeline ?? EMPTY_TIMELINE
  return { text, timeline: readTimeline(text) }
}
