/** Verification itself, checked with clouds that break a contract. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type InteractionReport, verifyPacts } from '../../contracts/index.js'
import { type Cloud, createCloud, type Reply } from '../../src/index.js'
import { readCall } from '../../src/rpc/read.js'

// biome-ignore lint/suspicious/noExplicitAny: the answers have all shapes
type Body = any

/** Spoils the answers to an Action. */
type Spoil = (body: Body, reply: Reply) => void

/** A cloud that spoils the answers to some Actions. */
function brokenCloud(spoils: Readonly<Record<string, Spoil>>): Cloud {
  const cloud = createCloud()
  return {
    ...cloud,
    async handle(call) {
      const { action = '' } = readCall(call)
      const reply = { ...(await cloud.handle(call)) }
      const body = JSON.parse(String(reply.body))
      spoils[action]?.(body, reply)
      return { ...reply, body: JSON.stringify(body) }
    },
  }
}

/** What is broken, how, and what verification must find. */
const cases: readonly [what: string, id: string, spoil: Spoil, finding: RegExp][] = [
  [
    'a field is missing',
    'imageenhan.AssessSharpness',
    ({ Data }) => {
      if (Data) delete Data.Sharpness
    },
    /^\$\.Data: .*missing.*Sharpness$/,
  ],
  [
    'a field has another type',
    'imageenhan.AssessExposure',
    ({ Data }) => {
      if (Data) Data.Exposure = String(Data.Exposure)
    },
    /^\$\.Data\.Exposure: .*number/,
  ],
  [
    'a field of the elements of a list has another type',
    'imageenhan.IntelligentComposition',
    ({ Data }) => {
      for (const element of Data?.Elements ?? []) element.Score = 'high'
    },
    /^\$\.Data\.Elements\[0\]\.Score: .*number/,
  ],
  [
    'a list is empty',
    'imageenhan.RecolorImage',
    ({ Data }) => {
      if (Data) Data.ImageList = []
    },
    /^\$\.Data\.ImageList: .*min/,
  ],
  [
    'a field of the JSON inside a field has another name',
    'videoseg.GetAsyncJobResult',
    ({ Data }) => {
      if (Data?.Result) Data.Result = Data.Result.replace('VideoUrl', 'Url')
    },
    /^\$\.Data\.Result: .*"VideoUrl":"/,
  ],
  [
    'a RequestId is not of its form',
    'imageenhan.AssessComposition',
    (body) => {
      body.RequestId = body.RequestId.toLowerCase()
    },
    /^\$\.RequestId: /,
  ],
  [
    'an error has another code',
    'videorecog.DetectVideoShot',
    (body) => {
      if (body.Code) body.Code = 'InvalidParameter'
    },
    /^\$\.Code: .*MissingParameter/,
  ],
  [
    'the message of an error does not name the parameter',
    'videoseg.SegmentGreenScreenVideo',
    (body) => {
      if (body.Code) body.Message = 'Something is missing.'
    },
    /^\$\.Message: .*VideoURL/,
  ],
  [
    'an error has another status',
    'videoseg.SegmentHalfBody',
    (body, reply) => {
      if (body.Code) reply.status = 500
    },
    /^status: expected 400 but was 500$/,
  ],
  [
    'an answer is of another type',
    'videoseg.SegmentVideoBody',
    (_body, reply) => {
      reply.headers = { ...reply.headers, 'content-type': 'text/html' }
    },
    /^header content-type: .*text\/html/i,
  ],
]

describe('names Action and field when', () => {
  let failed: readonly InteractionReport[]
  beforeAll(async () => {
    const cloud = brokenCloud(Object.fromEntries(cases.map(([, id, spoil]) => [id.split('.')[1], spoil])))
    const pacts = ['imageenhan', 'videorecog', 'videoseg'].map((service) => `contracts/pacts/${service}.json`)
    const { interactions } = await verifyPacts({ pacts, cloud })
    failed = interactions.filter(({ outcome }) => outcome === 'failed')
  })

  test.each(cases)('%s', (_what, id, _spoil, finding) => {
    const problems = failed.filter(({ action }) => action === id).flatMap((report) => report.problems)
    expect(problems).toContainEqual(expect.stringMatching(finding))
  })

  test('and no Action that is not broken', () => {
    const spoilt = new Set(cases.map(([, id]) => id.split('.')[1]))
    expect(failed.filter(({ action }) => !spoilt.has(action?.split('.')[1]))).toEqual([])
  })
})
