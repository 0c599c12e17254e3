/** Verification of pacts that a broker has, with all that Pact's own verifier can do with one. */

import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { verifyPacts } from '../../contracts/index.js'
import { call, SEGMENT, usePactFiles } from './support.js'

const { pactFile } = usePactFiles()

/** What a broker was sent. */
interface Seen {
  method: string
  path: string
  authorization: string | undefined
  // biome-ignore lint/suspicious/noExplicitAny: bodies have all shapes
  body: any
}

const image = {
  type: 'Asynchronous/Messages',
  description: 'an image that has arrived',
  providerStates: [{ name: 'an image' }],
  contents: { content: { EventType: 'ImageUploadComplete', Status: 'success' }, contentType: 'application/json', encoded: false },
}

/** The pacts of the broker, by their number; the second has never been satisfied. */
const pacts = [
  {
    consumer: { name: 'cutter' },
    interactions: [
      { _id: 'i1', ...call(SEGMENT, { description: 'a good call' }) },
      { _id: 'i2', ...image },
    ],
  },
  { consumer: { name: 'dreamer' }, interactions: [{ _id: 'i3', ...call(SEGMENT, { description: 'a dream', status: 418 }) }] },
]

const BRANCH = '/broker/pacticipants/videoseg/branches/main/versions/1.2.3'

const seen: Seen[] = []
let server: Server
let url: string

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { method = '', url: path = '', headers } = request
    seen.push({ method, path, authorization: headers.authorization, body })
    const answer = answerTo(path)
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/hal+json' }).end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/broker`
})

afterAll(() => server.close())

beforeEach(() => {
  seen.length = 0
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += piece
  return text === '' ? undefined : JSON.parse(text)
}

function answerTo(path: string): object | undefined {
  const link = (href: string, more: object = {}) => ({ href: `${url}${href}`, ...more })
  if (path === '/broker' || path === '/broker/')
    return { _links: { 'pb:provider-pacts-for-verification': link('/provider/{provider}/for-verification', { templated: true }) } }
  if (path === '/broker/provider/videoseg/for-verification')
    return {
      _links: { self: link('/provider/videoseg/for-verification') },
      _embedded: {
        pacts: pacts.map((_, number) => ({
          shortDescription: 'latest',
          verificationProperties: { pending: number === 1, notices: [] },
          _links: { self: link(`/pacts/${number}`, { name: 'Pact' }) },
        })),
      },
    }
  const number = /^\/broker\/pacts\/(\d)$/.exec(path)?.[1]
  if (number !== undefined)
    return {
      ...pacts[Number(number)],
      provider: { name: 'videoseg' },
      metadata: { pactSpecification: { version: '4.0' } },
      _links: {
        'pb:provider': link('/pacticipants/videoseg', { name: 'videoseg' }),
        self: link(`/pacts/${number}`),
        'pb:publish-verification-results': link(`/pacts/${number}/results`),
      },
    }
  if (path === '/broker/pacticipants/videoseg')
    return { _links: { 'pb:branch-version': link('/pacticipants/videoseg/branches/{branch}/versions/{version}', { templated: true }) } }
  if (path === BRANCH) return { _links: { self: link('/branch') } }
  return /\/results$/.test(path) ? { _links: { self: link('/results/1') } } : undefined
}

test('pacts of a broker are verified, and it is told', async () => {
  const selectors = [{ mainBranch: true }, { deployedOrReleased: true }]
  const report = await verifyPacts({
    provider: 'videoseg',
    pactBrokerUrl: url,
    pactBrokerToken: 'secret',
    consumerVersionSelectors: selectors,
    enablePending: true,
    includeWipPactsSince: '2026-01-01',
    providerVersionBranch: 'main',
    publishVerificationResult: true,
    providerVersion: '1.2.3',
    buildUrl: 'https://ci.example.com/1',
  })
  expect(report.interactions.map(({ consumer, description, outcome }) => [consumer, description, outcome])).toEqual([
    ['cutter', 'a good call', 'ok'],
    ['cutter', 'an image that has arrived', 'ok'],
    ['dreamer', 'a dream', 'pending'],
  ])
  expect(report.ok).toBe(true)
  expect(report.interactions[0]).toMatchObject({ file: `${url}/pacts/0`, action: 'videoseg.SegmentVideoBody' })
  expect(seen.map(({ authorization }) => authorization)).toEqual(seen.map(() => 'Bearer secret'))
  expect(seen.find(({ method, path }) => method === 'POST' && path.endsWith('for-verification'))?.body).toMatchObject({
    consumerVersionSelectors: selectors,
    includePendingStatus: true,
    includeWipPactsSince: '2026-01-01',
    providerVersionBranch: 'main',
  })
  expect(seen.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toContain(BRANCH)
  const results = seen.filter(({ path }) => path.endsWith('/results')).map(({ path, body }) => [path, body])
  expect(results).toEqual([
    [
      '/broker/pacts/0/results',
      expect.objectContaining({
        success: true,
        providerApplicationVersion: '1.2.3',
        buildUrl: 'https://ci.example.com/1',
        testResults: [
          expect.objectContaining({ interactionId: 'i1', success: true }),
          expect.objectContaining({ interactionId: 'i2', success: true }),
        ],
      }),
    ],
    ['/broker/pacts/1/results', expect.objectContaining({ success: false })],
  ])
})

describe('of the pacts of a broker', () => {
  test('those of one consumer can be asked for', async () => {
    const report = await verifyPacts({ provider: 'videoseg', pactBrokerUrl: url, consumerFilters: ['cutter'] })
    expect(report.interactions.map(({ consumer }) => consumer)).toEqual(['cutter', 'cutter'])
  })

  test('those that have a state, by the variable that Pact has for it', async () => {
    vi.stubEnv('PACT_PROVIDER_STATE', '^an image$')
    vi.stubEnv('PACT_BROKER_BASE_URL', url)
    const report = await verifyPacts({ provider: 'videoseg' })
    expect(report.interactions.map(({ description }) => description)).toEqual(['an image that has arrived'])
  })
})

describe('of files', () => {
  const files = () => [pactFile([call(SEGMENT, { description: 'a call' }), image], { consumer: { name: 'cutter' } })]

  test.each<[what: string, variables: Record<string, string>, options: object, expected: string[]]>([
    ['a description', { PACT_DESCRIPTION: 'arrived' }, {}, ['an image that has arrived']],
    ['no state', { PACT_PROVIDER_NO_STATE: 'true' }, {}, ['a call']],
    ['a consumer', {}, { consumerFilters: ['cutter'] }, ['a call', 'an image that has arrived']],
  ])('those are verified that have %s', async (_what, variables, options, expected) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    const { interactions } = await verifyPacts({ pacts: files(), ...options })
    expect(interactions.map(({ description, outcome }) => [description, outcome])).toEqual(expected.map((each) => [each, 'ok']))
  })

  test('that none is left is an error', async () => {
    await expect(verifyPacts({ pacts: files(), consumerFilters: ['another'] })).rejects.toThrow(
      /^no interaction is let through by consumerFilters/,
    )
  })
})

describe('it is an error', () => {
  test.each<[what: string, variables: Record<string, string>, options: object, says: RegExp]>([
    ['to name neither files nor a broker', {}, { provider: 'videoseg' }, /^there is nothing to verify/],
    ['to name a broker and no provider', {}, { pactBrokerUrl: 'http://127.0.0.1:1' }, /^provider: must be given/],
    ['to name a broker that is no URL', {}, { provider: 'videoseg', pactBrokerUrl: 'broker' }, /^pactBrokerUrl: broker is not/],
    [
      'that a broker is not there',
      {},
      { provider: 'videoseg', pactBrokerUrl: 'http://127.0.0.1:1' },
      /^http:\/\/127\.0\.0\.1:1: .*cannot be reached/,
    ],
    [
      'to publish without a version',
      {},
      { provider: 'videoseg', pactBrokerUrl: 'http://127.0.0.1:1', publishVerificationResult: true },
      /^providerVersion: must be given/,
    ],
    [
      'to publish the results of a part',
      { PACT_DESCRIPTION: 'a' },
      { provider: 'videoseg', pactBrokerUrl: 'http://127.0.0.1:1', publishVerificationResult: true, providerVersion: '1' },
      /^results cannot be published of a part/,
    ],
    ['to filter by what is no expression', { PACT_DESCRIPTION: '(' }, { pacts: '.' }, /^PACT_DESCRIPTION: /],
  ])('%s', async (_what, variables, options, says) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    await expect(verifyPacts(options)).rejects.toThrow(says)
  })

  test('that the broker does not know the provider', async () => {
    await expect(verifyPacts({ provider: 'nobody', pactBrokerUrl: url })).rejects.toThrow(
      /\/broker: the Pact verifier could not do its work/,
    )
  })
})
