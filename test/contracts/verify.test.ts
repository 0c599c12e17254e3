/** Verifying pacts that consumers bring along. */

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatReport, type InteractionReport, type VerificationReport, verifyPacts } from '../../contracts/index.js'
import { createCloud } from '../../src/index.js'
import { call, SEGMENT, usePactFiles } from './support.js'

const { folder, pactFile, verifyEach } = usePactFiles()

const RESULT = { Action: 'GetAsyncJobResult', Version: '2020-03-20', JobId: 'none' } as const

/** What is wrong with an interaction, and what verification must say. */
const wrong: readonly [what: string, interaction: object, ...says: RegExp[]][] = [
  ['it names no Action', call({ Version: '2020-03-20' }), /^it names no Action; .*parameter Action.*x-acs-action/],
  ['it names no Version', call({ Action: 'SegmentVideoBody' }), /^it names no Version of SegmentVideoBody; .*x-acs-version/],
  [
    'its path is not /',
    { ...call({}), request: { method: 'GET', path: '/jobs/1' } },
    /^its path is \/jobs\/1; every Action is called at the path \/$/,
  ],
  ['its method is none of the two', { ...call(SEGMENT), request: { method: 'PUT', path: '/' } }, /^its method is PUT; .*GET or POST$/],
  [
    'its body is not a form',
    {
      ...call({}),
      request: {
        method: 'POST',
        path: '/',
        headers: { 'Content-Type': ['application/json'] },
        body: { content: SEGMENT, contentType: 'application/json', encoded: false },
      },
    },
    /^its body is application\/json; .*application\/x-www-form-urlencoded/,
  ],
  [
    'a state is unknown',
    call(SEGMENT, { providerStates: [{ name: 'nonsense' }] }),
    /^there is no provider state "nonsense"; there are "a new account", "/,
  ],
  [
    'a state is misspelt',
    call(SEGMENT, { providerStates: [{ name: 'the account is in arears' }] }),
    /^there is no provider state "the account is in arears"; the nearest are "the account is in arrears", "/,
  ],
  [
    'a state lacks a parameter',
    call(SEGMENT, { providerStates: [{ name: 'an asset that is empty' }] }),
    /^provider state "an asset that is empty": parameters: url: /,
  ],
  [
    'a state has a parameter too many',
    call(SEGMENT, { providerStates: [{ name: 'the account is in arrears', params: { since: 'May' } }] }),
    /^provider state "the account is in arrears": parameters: .*since/,
  ],
  [
    'a state names no Action',
    call(RESULT, { providerStates: [{ name: 'a finished SegmentBody job' }] }),
    /^provider state "a finished SegmentBody job": there is no Action "SegmentBody"$/,
  ],
  [
    'a state names an Action that several services have',
    call(RESULT, { providerStates: [{ name: 'the limit of GetAsyncJobResult is used up' }] }),
    /: "GetAsyncJobResult" is an Action of several services; write videoseg\.GetAsyncJobResult, for example$/,
  ],
  [
    'a state names no service',
    call(SEGMENT, { providerStates: [{ name: 'the service videoseq is not opened' }] }),
    /: there is no service "videoseq"; there are videoseg, /,
  ],
  [
    'a state is of a job that the Action does not start',
    call(RESULT, { providerStates: [{ name: 'a finished videoseg.GetAsyncJobResult job' }] }),
    /: videoseg\.GetAsyncJobResult is not asynchronous: it starts no job$/,
  ],
  [
    'a state is of a job that cannot be started so',
    call(RESULT, { providerStates: [{ name: 'a finished SegmentVideoBody job', params: { VideoUrl: 'film.mp4' } }] }),
    /: videoseg\.SegmentVideoBody answers InvalidFile\.URL \(/,
  ],
  [
    'a state names a defect that there is not',
    call(SEGMENT, { providerStates: [{ name: 'an asset that smells', params: { url: SEGMENT.VideoUrl } }] }),
    /: there is no asset that "smells"; what one can do is: cannot be downloaded, /,
  ],
  [
    'the call is refused',
    call({ ...SEGMENT, VideoUrl: 'film.mp4' }),
    /^status: expected 200 but was 400$/,
    /^the call was refused with InvalidFile\.URL: VideoUrl is not an absolute http or https URL$/,
  ],
  [
    'the Action is unknown',
    call({ ...SEGMENT, Action: 'SegmentBody' }),
    /^status: /,
    /^the call was refused with InvalidAction\.NotFound: there is no Action SegmentBody/,
  ],
  [
    'a state ends otherwise than it says',
    call(RESULT, {
      providerStates: [
        { name: 'an asset that is empty', params: { url: SEGMENT.VideoUrl } },
        { name: 'a finished SegmentVideoBody job', params: { VideoUrl: SEGMENT.VideoUrl } },
      ],
    }),
    /^provider state "a finished SegmentVideoBody job": the job .* has not succeeded but failed: InvalidFile\.Content, /,
  ],
]

describe('says what is wrong with an interaction:', () => {
  let reports: InteractionReport[]
  beforeAll(async () => {
    reports = await verifyEach(wrong.map(([, interaction]) => interaction))
  })

  test.each(wrong.map(([what, , ...says], index) => [what, index, says] as const))('%s', (_what, index, says) => {
    const { outcome, problems } = reports[index] as InteractionReport
    expect({ outcome, problems }).toEqual({ outcome: 'failed', problems: says.map((pattern) => expect.stringMatching(pattern)) })
  })
})

/** A provider state, a call, and with which code it is refused, if it is. */
const arranged: readonly [states: readonly object[], code: string | undefined][] = [
  [[{ name: 'a new account' }], undefined],
  [[{ name: 'an STS session' }], undefined],
  [[{ name: 'as many unfinished jobs as the account may have' }], 'InternalServerError.Busy'],
  [[{ name: 'an asset', params: { url: SEGMENT.VideoUrl, region: 'cn-hangzhou' } }], 'InvalidFile.Region'],
  [[{ name: 'a RAM user who may not call SegmentHalfBody' }], undefined],
  [[{ name: 'a RAM user who may not call SegmentVideoBody' }], 'NoPermission'],
  [[{ name: 'the limit of SegmentVideoBody is used up' }], 'Throttling.User'],
  [[{ name: 'the service videorecog is not opened' }], undefined],
  [[{ name: 'the service videoseg is not opened' }, { name: 'the limit of SegmentVideoBody is used up' }], 'InvalidApi.NotPurchase'],
]

/** States of a job, and what GetAsyncJobResult tells of it. */
const jobs: readonly [states: readonly object[], told: object][] = [
  [[{ name: 'a queued SegmentVideoBody job' }], { Status: 'QUEUING' }],
  [[{ name: 'a running SegmentVideoBody job' }], { Status: 'PROCESSING' }],
  [[{ name: 'a finished SegmentVideoBody job' }], { Status: 'PROCESS_SUCCESS' }],
  [[{ name: 'a finished videoseg.SegmentVideoBody job', params: { VideoUrl: SEGMENT.VideoUrl } }], { Status: 'PROCESS_SUCCESS' }],
  [[{ name: 'a failed SegmentVideoBody job' }], { Status: 'PROCESS_FAILED', ErrorCode: 'InvalidFile.Decode' }],
  [
    [
      { name: 'only declared assets can be downloaded' },
      { name: 'an asset', params: { url: SEGMENT.VideoUrl } },
      { name: 'a finished SegmentVideoBody job', params: { VideoUrl: SEGMENT.VideoUrl } },
    ],
    { Status: 'PROCESS_SUCCESS' },
  ],
]

describe('brings about', () => {
  let calls: InteractionReport[]
  let results: InteractionReport[]
  beforeAll(async () => {
    const reports = await verifyEach([
      ...arranged.map(([providerStates, code]) => call(SEGMENT, { providerStates, status: code === undefined ? 200 : 599 })),
      ...jobs.map(([providerStates, Data]) => {
        const body = { content: { Data }, contentType: 'application/json', encoded: false }
        const { request, ...rest } = call(RESULT, { providerStates, response: { status: 200, body } })
        return { ...rest, request: { ...request, generators: { query: { JobId: { type: 'ProviderState', expression: `\${JobId}` } } } } }
      }),
    ])
    calls = reports.slice(0, arranged.length)
    results = reports.slice(arranged.length)
  })

  test.each(arranged.map(([states, code], index) => [states, code, index] as const))('%j: %s', (_states, code, index) => {
    const refused = [expect.stringMatching(/^status: /), expect.stringContaining(`the call was refused with ${code}: `)]
    expect(calls[index]?.problems).toEqual(code === undefined ? [] : refused)
  })

  test.each(jobs.map(([states], index) => [states, index] as const))('%j, whose JobId reaches the request', (_states, index) => {
    expect(results[index]).toMatchObject({ outcome: 'ok', problems: [] })
  })

  test('each interaction in an account of its own', async () => {
    const cloud = createCloud()
    const before = cloud.account().log.all().length
    const states = [[{ name: 'the account is in arrears' }], [], [{ name: 'a disabled access key' }], []]
    const interactions = states.map((providerStates, index) =>
      call(SEGMENT, { description: `call ${index}`, providerStates, status: index % 2 ? 200 : 599 }),
    )
    const report = await verifyPacts({ pacts: pactFile(interactions), cloud })
    expect(report.interactions.map(({ outcome }) => outcome)).toEqual(['failed', 'ok', 'failed', 'ok'])
    expect(cloud.account().log.all().length).toBe(before)
  })
})

/** A Pact file of one interaction, and what becomes of it. */
const files: readonly [what: string, path: string, expected: Partial<InteractionReport>][] = [
  [
    'a pact of specification 2',
    specification2({ providerState: 'a new account' }),
    { outcome: 'ok', problems: [], action: 'videoseg.SegmentVideoBody' },
  ],
  [
    'the provider state of a pact of specification 2',
    specification2({ providerState: 'nonsense' }),
    { outcome: 'failed', problems: [expect.stringMatching(/^there is no provider state "nonsense"/)] },
  ],
  [
    'messages of specification 3',
    pactFile([], { messages: [{ description: 'a message', contents: {} }], metadata: { pactSpecification: { version: '3.0.0' } } }),
    {
      outcome: 'failed',
      problems: [expect.stringMatching(/^its contents name no EventType, and its states lead to none$/)],
    },
  ],
  [
    'an interaction that is pending',
    pactFile([call(SEGMENT, { status: 418, pending: true })]),
    { outcome: 'pending', problems: ['status: expected 418 but was 200'] },
  ],
  ['the service from the name of the provider', asksForNothing('videorecog'), { outcome: 'ok', action: 'videorecog.GetAsyncJobResult' }],
  [
    'the service from the host of the request',
    asksForNothing('a provider', { Host: 'videoenhan.cn-shanghai.aliyuncs.com' }),
    { outcome: 'ok', action: 'videoenhan.GetAsyncJobResult' },
  ],
  ['the service from what is called', asksForNothing('a provider'), { outcome: 'ok', action: 'videoseg.GetAsyncJobResult' }],
]

function specification2(interaction: object): string {
  const request = { method: 'get', path: '/', query: new URLSearchParams(SEGMENT).toString() }
  const response = { status: 200, body: { RequestId: 'id' }, matchingRules: { '$.body.RequestId': { match: 'type' } } }
  return pactFile([{ description: 'a call', request, response, ...interaction }], { metadata: { pactSpecification: { version: '2.0.0' } } })
}

/** A call of an Action that all vision services have, without the parameter that would tell which is meant. */
function asksForNothing(name: string, headers = {}): string {
  const { request, ...rest } = call({ Action: 'GetAsyncJobResult', Version: '2020-03-20' }, { status: 400 })
  return pactFile([{ ...rest, request: { ...request, headers } }], { provider: { name } })
}

describe('reads', () => {
  let report: VerificationReport
  beforeAll(async () => {
    report = await verifyPacts({ pacts: files.map(([, path]) => path) })
  })

  test.each(files.map(([what, , expected], index) => [what, index, expected] as const))('%s', (_what, index, expected) => {
    expect(report.interactions[index]).toMatchObject(expected)
  })
})

test('a folder is verified with the folders in it; of its pacts, if asked, those of one provider', async () => {
  const root = folder()
  mkdirSync(join(root, 'team'))
  cpSync(pactFile([call(SEGMENT)]), join(root, 'team', 'ours.json'))
  cpSync(pactFile([call({}, { description: 'an invoice' })], { provider: { name: 'billing' } }), join(root, 'theirs.json'))
  writeFileSync(join(root, 'README.md'), 'no pact')
  const { interactions } = await verifyPacts({ pacts: root })
  expect(interactions.map(({ provider, outcome }) => `${provider} ${outcome}`)).toEqual(['videoseg ok', 'billing failed'])
  expect(await verifyPacts({ pacts: [root], provider: 'videoseg' })).toMatchObject({ ok: true, interactions: [{ provider: 'videoseg' }] })
})

test.each([
  ['that is not there', () => join(folder(), 'none.json'), /none\.json cannot be read: /],
  ['that is not JSON', () => write('{'), /pact\.json cannot be read: /],
  ['that is no pact', () => write('{"openapi":"3.1.0"}'), /pact\.json is not a Pact file: consumer: /],
  ['in a folder that is empty', () => folder(), /^there are no Pact files in /],
])('a file %s is an error', async (_what, path, says) => {
  await expect(verifyPacts({ pacts: path() })).rejects.toThrow(says)
})

function write(content: string): string {
  const path = join(folder(), 'pact.json')
  writeFileSync(path, content)
  return path
}

test('a provider that no pact names is an error', async () => {
  await expect(verifyPacts({ pacts: pactFile([]), provider: 'vod' })).rejects.toThrow('there is no pact with the provider "vod"')
})

test('what is pending fails nothing', async () => {
  expect((await verifyPacts({ pacts: pactFile([call(SEGMENT, { status: 418, pending: true })]) })).ok).toBe(true)
})

test('the report tells what is ok, what is not and why, and counts', async () => {
  const interactions = [
    call(SEGMENT, { description: 'a good call' }),
    call(SEGMENT, { description: 'a bad call', status: 404 }),
    call(SEGMENT, { description: 'a call to come', status: 404, pending: true }),
  ]
  const path = pactFile(interactions)
  expect(formatReport(await verifyPacts({ pacts: path }))).toBe(`${path}: consumer → videoseg
  ok   a good call
  FAIL a bad call (videoseg.SegmentVideoBody)
         status: expected 404 but was 200
  todo a call to come (videoseg.SegmentVideoBody)
         status: expected 404 but was 200

3 interactions: 1 ok, 1 failed, 1 pending`)
})
