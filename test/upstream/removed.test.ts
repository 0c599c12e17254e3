/** What was removed from a recording may be what a call sets: it is set to something else, or the call is not compared. */

import { expect, test } from 'vitest'
import { certificate } from '../../conformance/situations/certificates.js'
import { compare } from '../../emulator/index.js'
import { cloudUpstream, forwarding, temporaryFile } from './support.js'

type Client = Awaited<ReturnType<typeof forwarding>>

/** What is compared of calls to an upstream with a play domain. */
async function compared(make: (client: Client, accountId: string) => Promise<void>) {
  const upstream = await cloudUpstream()
  const record = temporaryFile()
  const client = await forwarding(upstream.url, { record })
  await client.call('vod.AddVodDomain', {
    DomainName: 'cdn.example.com',
    Sources: '[{"content":"192.0.2.1","type":"ipaddr","port":80,"priority":"20"}]',
  })
  await upstream.settle()
  await make(client, upstream.cloud.account().accountId)
  await client.close()
  const { differences, notCompared } = await compare(record)
  return { differences, left: notCompared.map(({ reason, actions }) => `${actions.join()}: ${reason}`) }
}

/** Asks for success. */
const done = async (answered: Promise<{ status: number; text: string }>): Promise<void> =>
  expect(await answered).toMatchObject({ status: 200 })

const callback = (AuthKey: string) => ({ CallbackURL: 'http://a.example.com/x', EventTypeList: 'ALL', AuthSwitch: 'on', AuthKey })

const auth = (auth_key1: string) => ({
  DomainNames: 'cdn.example.com',
  Functions: JSON.stringify([
    {
      functionName: 'aliauth',
      functionArgs: Object.entries({ auth_type: 'type_a', auth_key1, auth_key2: 'another1' }).map(([argName, argValue]) => ({
        argName,
        argValue,
      })),
    },
  ]),
})

const leftFor = (action: string, param: string): string =>
  `${action}: what it depends on is removed from the recording (${param}); what differs later may follow from that`

test('keys that are set are set to others, as long and of the same letters as they have to be', async () => {
  expect(
    await compared(async ({ call }) => {
      await done(call('vod.SetMessageCallback', callback('Abcdef123456')))
      await done(call('vod.GetMessageCallback', {}))
      await done(call('vod.BatchSetVodDomainConfigs', auth('abcdef123')))
      await done(call('vod.DescribeVodDomainConfigs', { DomainName: 'cdn.example.com', FunctionNames: 'aliauth' }))
    }),
  ).toEqual({ differences: [], left: [] })
})

test('the id of the own account is the own one here', async () => {
  const usage = { StartTime: '2026-01-01T00:00:00Z', EndTime: '2026-01-02T00:00:00Z' }
  expect(
    await compared(async ({ call }, OwnerId) => {
      await done(call('vod.DescribeVodTranscodeData', { ...usage, OwnerId }))
      expect((await call('vod.DescribeVodTranscodeData', { ...usage, OwnerId: '1029384756102938' })).status).toBe(400)
    }),
  ).toEqual({ differences: [], left: [leftFor('vod.DescribeVodTranscodeData', 'OwnerId')] })
})

test('a call that needs the very value is not compared', async () => {
  const { pem: SSLPub, key: SSLPri } = certificate
  expect(
    await compared(async ({ call }) => {
      await done(call('vod.SetVodDomainCertificate', { DomainName: 'cdn.example.com', SSLProtocol: 'on', SSLPub, SSLPri }))
      await done(call('vod.GetMessageCallback', {}))
    }),
  ).toEqual({ differences: [], left: [leftFor('vod.SetVodDomainCertificate', 'SSLPri')] })
})

test('what was refused for the value is not done with another', async () => {
  expect(
    await compared(async ({ call }) => {
      expect((await call('vod.SetMessageCallback', callback('abc'))).status).toBe(400)
      await done(call('vod.GetMessageCallback', {}))
      expect((await call('vod.BatchSetVodDomainConfigs', auth('a'))).status).toBe(400)
      await done(call('vod.DescribeVodDomainConfigs', { DomainName: 'cdn.example.com', FunctionNames: 'aliauth' }))
    }),
  ).toEqual({
    differences: [],
    left: [`vod.SetMessageCallback`, `vod.BatchSetVodDomainConfigs`].map((action, index) =>
      leftFor(action, ['AuthKey', 'Functions'][index] ?? ''),
    ),
  })
})
