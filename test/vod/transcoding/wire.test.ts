/** Answers as the official clients read them: nesting and kinds of the Actions of transcoding, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'
import { template } from './support.js'

const ofJob = {
  CompleteTime: 'string',
  CreationTime: 'string',
  TranscodeJobStatus: 'string',
  TranscodeProgress: 'number',
  TranscodeTemplateId: 'string',
  'ErrorCode?': 'string',
  'ErrorMessage?': 'string',
} as const

const ofOutput = {
  Bitrate: 'string',
  Duration: 'string',
  Filesize: 'number',
  Format: 'string',
  Fps: 'string',
  Height: 'string',
  WatermarkIdList: ['string'],
  Width: 'string',
} as const

const ofTask = {
  CompleteTime: 'string',
  CreationTime: 'string',
  TaskStatus: 'string',
  TranscodeTaskId: 'string',
  TranscodeTemplateGroupId: 'string',
  Trigger: 'string',
  VideoId: 'string',
} as const

const shapes: Record<string, Shape> = {
  SubmitTranscodeJobs: { TranscodeTaskId: 'string', TranscodeJobs: { TranscodeJob: [{ JobId: 'string' }] } },
  SubmitPreprocessJobs: { PreprocessJobs: { PreprocessJob: [{ JobId: 'string' }] } },
  GetTranscodeSummary: {
    NonExistVideoIds: ['string'],
    TranscodeSummaryList: [
      {
        CompleteTime: 'string',
        CreationTime: 'string',
        TranscodeStatus: 'string',
        TranscodeTemplateGroupId: 'string',
        VideoId: 'string',
        // Of the manual's sample alone.
        TranscodeJobInfoSummaryList: [{ ...ofJob, ...ofOutput, 'Definition?': 'string', 'Encryption?': 'string' }],
      },
    ],
  },
  ListTranscodeTask: { TranscodeTaskList: [ofTask] },
  GetTranscodeTask: {
    TranscodeTask: {
      ...ofTask,
      TranscodeJobInfoList: [
        {
          ...ofJob,
          Definition: 'string',
          InputFileUrl: 'string',
          Priority: 'string',
          TranscodeJobId: 'string',
          OutputFile: {
            ...ofOutput,
            AudioStreamList: 'string',
            Encryption: 'string',
            OutputFileUrl: 'string',
            SubtitleStreamList: 'string',
            VideoStreamList: 'string',
          },
        },
      ],
    },
    'NonExistJobIds?': ['string'],
  },
}

test.each([
  { name: '@alicloud/openapi-client', connect: (target: never): SdkCall => openApi(target, 'form') },
  { name: '@alicloud/pop-core', connect: (target: never): SdkCall => popCore(target, 'POST') },
])('$name reads every answer in its nesting, with values of their kinds', async ({ connect }) => {
  const emulator = await testEmulator()
  onTestFinished(emulator.close)
  const account = emulator.cloud.account()
  const call = connect({ url: emulator.url, key: account.credentials, version: '2017-03-21' } as never)
  const { WatermarkInfo } = await call('AddWatermark', { Name: 'text', Type: 'Text', WatermarkConfig: '{"Content":"hello"}' })
  const { TranscodeTemplateGroupId: TemplateGroupId } = await call('AddTranscodeTemplateGroup', {
    Name: 'group',
    TranscodeTemplateList: JSON.stringify([template('LD', 'mp4', { WatermarkIds: [WatermarkInfo.WatermarkId] })]),
  })
  const ticket = await call('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4', TemplateGroupId: 'VOD_NO_TRANSCODE' })
  const { VideoId } = ticket
  await uploaderOf(ticket as Ticket).put(objectOf(ticket as Ticket), sample('sample.mp4'))
  await account.clock.advance('1m')

  const submitted = await call('SubmitTranscodeJobs', { VideoId, TemplateGroupId, Priority: 10, PipelineId: 'default' })
  const answers: Record<string, unknown> = {
    SubmitTranscodeJobs: submitted,
    SubmitPreprocessJobs: await call('SubmitPreprocessJobs', { VideoId, PreprocessType: 'LivePreprocess' }),
  }
  await account.clock.advance('1m')
  answers.GetTranscodeSummary = await call('GetTranscodeSummary', { VideoIds: `${VideoId},none` })
  answers.ListTranscodeTask = await call('ListTranscodeTask', { VideoId })
  answers.GetTranscodeTask = await call('GetTranscodeTask', { TranscodeTaskId: submitted.TranscodeTaskId })
  expect(Object.keys(answers).sort()).toEqual(Object.keys(shapes).sort())
  const wrong = Object.entries(answers).flatMap(([action, answer]) =>
    misfits(answer, { RequestId: 'string', ...(shapes[action] as object) }, action),
  )
  expect(wrong).toEqual([])
})
