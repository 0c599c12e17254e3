/** A subtitle service, such as a team may need that the emulator does not have: speech in a video becomes text with times. */

import {
  type CollectionOf,
  defineCollection,
  defineEvent,
  definePart,
  defineProduct,
  defineProviderState,
  defineService,
  defineSettings,
  type JobKind,
  oneOf,
  perSecond,
  text,
  url,
  urlChannel,
  z,
} from 'vod-viapi-emulator'

const LANGUAGES = ['zh', 'en'] as const

/** One record of the account's collection of subtitles. */
const subtitleSchema = z.object({
  subtitleId: z.string(),
  videoUrl: z.string(),
  language: z.enum(LANGUAGES),
  status: z.enum(['Processing', 'Success', 'Fail']),
  /** WebVTT, once it is there. */
  content: z.string().optional(),
})

const subtitleRecords = defineCollection({
  name: 'subtitle.subtitles',
  schema: subtitleSchema,
  keyOf: ({ subtitleId }) => subtitleId,
  indexes: { language: ({ language }) => language },
})

const subtitlesPart = definePart({ name: 'subtitles', create: ({ state }) => state.collection(subtitleRecords) })

const subtitleSettings = defineSettings({
  schema: z.strictObject({
    /** Subtitles that an account may have. */
    maxSubtitles: z.int().min(0).optional(),
    /** Who is told when one is complete. Default: nobody. */
    callbackUrl: z.url().optional(),
  }),
  defaults: { maxSubtitles: 100 },
  levels: 1,
})

const subtitleComplete = defineEvent({
  type: 'SubtitleComplete',
  when: 'a subtitle is complete, or cannot be made',
  actions: ['SubmitSubtitleJob'],
  fields: z.object({ SubtitleId: z.string(), Status: z.string() }),
  channel: urlChannel(({ settings }) => settings.values.subtitle.callbackUrl),
})

const subtitleJob: JobKind = {
  name: 'subtitle.SubmitSubtitleJob',
  stages: [{ name: 'Processing', duration: '20s' }],
  timeout: '1h',
  attempts: 1,
  errors: { 'InvalidVideo.NoSpeech': { status: 400, message: 'Nobody speaks in the video.' } },
  result: z.string(),
  faultParams: { Language: ({ subtitles }, { id }) => subtitles.get(id)?.language ?? '' },
  work: () => ({ result: 'WEBVTT\n\n00:00.000 --> 00:02.000\nHello!\n' }),
  ended({ subtitles, events }, { id, ending, result }) {
    const Status = ending === 'succeeded' ? 'Success' : 'Fail'
    subtitles.update(id, (subtitle) => {
      subtitle.status = Status
      if (typeof result === 'string') subtitle.content = result
    })
    events.notify(subtitleComplete, { SubtitleId: id, Status })
  },
}

const service = defineService({ name: 'subtitle', version: '2024-05-01', regions: ['cn-shanghai'], defaultFormat: 'JSON' })

const submitSubtitleJob = service.action('SubmitSubtitleJob', {
  summary: 'Starts a job that makes subtitles for a video.',
  source: 'Subtitle manual 1',
  limit: perSecond(10),
  input: () => ({ VideoUrl: url(), Language: oneOf(LANGUAGES).default('zh') }),
  output: () => z.object({ SubtitleId: z.string() }),
  errors: { 'QuotaExceeded.Subtitle': { status: 400, message: 'The quota of subtitles is used up.' } },
  job: subtitleJob,
  async run({ input, account: { subtitles, jobs, settings }, requestId, fail }) {
    const { maxSubtitles } = settings.values.subtitle
    if (subtitles.count >= maxSubtitles) fail('QuotaExceeded.Subtitle', { reason: `the account may have ${maxSubtitles} subtitles` })
    subtitles.put({ subtitleId: requestId, videoUrl: input.VideoUrl, language: input.Language, status: 'Processing' })
    await jobs.start(subtitleJob, requestId, {})
    return { SubtitleId: requestId }
  },
})

const getSubtitle = service.action('GetSubtitle', {
  summary: 'Answers how far a subtitle is, and its text.',
  source: 'Subtitle manual 2',
  input: () => ({ SubtitleId: text({ maxLength: 36 }) }),
  output: () => z.object({ SubtitleId: z.string(), Status: z.string(), Language: z.string(), Content: z.string().optional() }),
  errors: { 'InvalidSubtitle.NotFound': { status: 404, message: 'The subtitle does not exist.' } },
  run({ input: { SubtitleId }, account, fail }) {
    const subtitle = account.subtitles.get(SubtitleId) ?? fail('InvalidSubtitle.NotFound', { param: 'SubtitleId' })
    return { SubtitleId, Status: subtitle.status, Language: subtitle.language, Content: subtitle.content }
  },
})

const aSubtitle = defineProviderState({
  name: 'a subtitle',
  means: 'A subtitle has been made.',
  params: z.strictObject({}),
  gives: { SubtitleId: 'its id' },
  meantFor: ['SubtitleId'],
  async apply({ account, call }) {
    const { SubtitleId } = await call('subtitle.SubmitSubtitleJob', {})
    await account.clock.advance('20s')
    return { values: { SubtitleId } }
  },
})

/** The service with all that belongs to it. */
export const subtitles = defineProduct({
  name: 'subtitles',
  actions: [submitSubtitleJob, getSubtitle],
  parts: [subtitlesPart],
  settings: { subtitle: subtitleSettings },
  events: [subtitleComplete],
  states: [aSubtitle],
})

declare module 'vod-viapi-emulator' {
  interface AccountParts {
    subtitles: CollectionOf<typeof subtitleRecords>
  }
  interface SettingsSections {
    subtitle: typeof subtitleSettings
  }
  interface EventTypes {
    SubtitleComplete: typeof subtitleComplete
  }
}
