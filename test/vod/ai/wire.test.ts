/** Answers as the official clients read them: nesting and kinds of every Action of AI jobs and smart covers, as the SDKs' interface has them. */

import { expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { sample, type Ticket } from '../support.js'
import { objectOf, uploaderOf } from '../uploader.js'

const tag = { Tag: 'string', 'Times?': ['string'] } as const

const span = { Start: 'string', Duration: 'string' } as const

const shapes = {
  SubmitAIJob: { AIJobList: { AIJob: [{ JobId: 'string', MediaId: 'string', Type: 'string' }] } },
  ListAIJob: {
    AIJobList: {
      AIJob: [
        {
          Code: 'string',
          CompleteTime: 'string',
          CreationTime: 'string',
          Data: 'string',
          JobId: 'string',
          MediaId: 'string',
          Message: 'string',
          Status: 'string',
          Type: 'string',
        },
      ],
    },
    NonExistAIJobIds: { String: ['string'] },
  },
  GetMediaDNAResult: {
    DNAResult: { VideoDNA: [{ PrimaryKey: 'string', Similarity: 'string', Detail: [{ Input: span, Duplication: span }] }] },
  },
  SubmitMediaDNADeleteJob: { JobId: 'string' },
  GetAIVideoTagResult: {
    VideoTagResult: {
      Category: [{ Tag: 'string' }],
      Keyword: [tag],
      Location: [tag],
      Person: [{ ...tag, 'FaceUrl?': 'string' }],
      Time: [tag],
    },
  },
  SubmitAIImageJob: { JobId: 'string' },
  GetAIImageJobs: {
    AIImageJobList: [
      {
        AIImageResult: 'string',
        Code: 'string',
        CreationTime: 'string',
        JobId: 'string',
        Message: 'string',
        Status: 'string',
        TemplateConfig: 'string',
        TemplateId: 'string',
        'UserData?': 'string',
        VideoId: 'string',
      },
    ],
  },
  ListAIImageInfo: {
    AIImageInfoList: [
      {
        AIImageInfoId: 'string',
        CreationTime: 'string',
        FileURL: 'string',
        Format: 'string',
        JobId: 'string',
        Score: 'string',
        Version: 'string',
        VideoId: 'string',
      },
    ],
  },
  DeleteAIImageInfos: {},
} as const satisfies Record<string, Shape>

test.each<[name: string, connect: (target: Parameters<typeof openApi>[0]) => SdkCall]>([
  ['pop-core', (target) => popCore(target, 'POST')],
  ['openapi-client', (target) => openApi(target, 'query')],
])('%s reads every answer in the nesting and kinds of the SDKs', async (_name, connect) => {
  const { url, cloud, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  const sdk = connect({ url, key: account.credentials, version: '2017-03-21' })
  const wrong: string[] = []
  const seen = new Set<string>()
  const call = async (action: keyof typeof shapes, params: Record<string, string>) => {
    const { RequestId: _, ...answer } = await sdk(action, params)
    wrong.push(...misfits(answer, shapes[action], action))
    seen.add(action)
    return answer
  }
  const film = async (): Promise<string> => {
    const ticket = (await sdk('CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })) as Ticket & { VideoId: string }
    await uploaderOf(ticket).put(objectOf(ticket), sample('sample.mp4'))
    await account.clock.advance('1m')
    return ticket.VideoId
  }
  const [first, second] = [await film(), await film()]
  await call('SubmitAIJob', { MediaId: first, Types: 'AIMediaDNA' })
  const { AIJobList } = await call('SubmitAIJob', {
    MediaId: second,
    Types: 'AIMediaDNA,AIVideoTag',
    Config: '{"AIVideoTag":{"OrigASRData":true}}',
  })
  await account.clock.advance('1m')
  await call('ListAIJob', { JobIds: [...AIJobList.AIJob.map(({ JobId }: { JobId: string }) => JobId), 'nobody'].join(',') })
  await call('GetMediaDNAResult', { MediaId: second })
  await call('GetAIVideoTagResult', { MediaId: second })
  await call('SubmitMediaDNADeleteJob', { MediaId: second })

  const { TemplateId } = await sdk('AddAITemplate', {
    TemplateName: 'cover',
    TemplateType: 'AIImage',
    TemplateConfig: '{"Format":"png","SetDefaultCover":"true"}',
  })
  const { JobId } = await call('SubmitAIImageJob', { VideoId: first, AITemplateId: TemplateId })
  await account.clock.advance('1m')
  await call('GetAIImageJobs', { JobIds: JobId })
  const { AIImageInfoList } = await call('ListAIImageInfo', { VideoId: first })
  await call('DeleteAIImageInfos', { AIImageInfoIds: AIImageInfoList[0].AIImageInfoId })

  expect(wrong).toEqual([])
  expect([...seen].sort()).toEqual(Object.keys(shapes).sort())
})
