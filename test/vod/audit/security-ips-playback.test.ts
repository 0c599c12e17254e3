/** Who may play what is under review or blocked: those whose address SetAuditSecurityIp has set. */

import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../src/client/index.js'
import { sign } from '../../../src/signing/sign.js'
import { testEmulator } from '../../support/sdk.js'
import { auditWorld } from './support.js'

/** A video with a status, and how it is played from an address. */
async function playedFrom(status: 'Checking' | 'Blocked') {
  const { film, audit, call, account, cloud } = auditWorld({ review: { beforePublish: true } })
  const VideoId = await film()
  if (status === 'Blocked') await audit(VideoId, 'Blocked', { Reason: 'words' })
  const { host = '', version = '' } = cloud.catalogue.services.get('vod') ?? {}
  const from = async (action: string, clientAddress?: string) => {
    const signed = sign('rpc', { host, version, action, params: { VideoId, Format: 'JSON' }, key: account.credentials })
    const { body } = await cloud.handle({ ...signed, ...(clientAddress !== undefined && { clientAddress }) })
    return JSON.parse(String(body))
  }
  return { call, from }
}

test.each(['Checking', 'Blocked'] as const)('a video that is %s plays from an address that is set, and from no other', async (status) => {
  const { call, from } = await playedFrom(status)
  expect((await from('GetPlayInfo', '10.0.0.1')).Code).toBe('Forbidden.IllegalStatus')
  await call('SetAuditSecurityIp', { Ips: '10.0.0.1,172.16.8.0/21' })
  await call('SetAuditSecurityIp', { Ips: '192.168.7.7', SecurityGroupName: 'lab' })
  const plays = async (address?: string) => {
    const { PlayInfoList, VideoBase, Code } = await from('GetPlayInfo', address)
    const { PlayAuth } = await from('GetVideoPlayAuth', address)
    expect(PlayAuth === undefined).toBe(Code === 'Forbidden.IllegalStatus')
    return Code ?? (PlayInfoList.PlayInfo.length > 0 && VideoBase.Status)
  }
  for (const address of ['10.0.0.1', '172.16.8.0', '172.16.15.255', '192.168.7.7'])
    expect([address, await plays(address)]).toEqual([address, status])
  for (const address of ['10.0.0.2', '172.16.16.0', '::1', undefined])
    expect([address, await plays(address)]).toEqual([address, 'Forbidden.IllegalStatus'])
  await call('SetAuditSecurityIp', { Ips: '10.0.0.1', OperateMode: 'Delete' })
  expect(await plays('10.0.0.1')).toBe('Forbidden.IllegalStatus')
})

test('over HTTP, the address is that of the connection', async () => {
  const { url, cloud, close } = await testEmulator()
  onTestFinished(close)
  const account = cloud.account()
  await account.settings.change({ vod: { review: { beforePublish: true } } })
  const client = createClient({ endpoint: url, ...account.credentials })
  const { UploadJobs } = await client.vod.UploadMediaByURL({ UploadURLs: ['http://films.example.com/a.mp4'] })
  await account.clock.advance('1m')
  const VideoId = account.vod.uploadJobs.get(UploadJobs[0]?.JobId ?? '')?.videoId ?? ''
  await expect(client.vod.GetPlayInfo({ VideoId })).rejects.toMatchObject({ code: 'Forbidden.IllegalStatus' })
  await client.vod.SetAuditSecurityIp({ Ips: ['127.0.0.0/8'] })
  expect((await client.vod.GetPlayInfo({ VideoId })).VideoBase.Status).toBe('Checking')
})
