import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VIDEO_URL } from '../support/cloud.js'
import { type SdkCall, sdks, testEmulator } from '../support/sdk.js'

const version = '2020-03-20'
let emulator: Awaited<ReturnType<typeof testEmulator>>
beforeAll(async () => {
  emulator = await testEmulator()
})
afterAll(() => emulator.close())

/** Submits a job and follows it to the download, moving the clock of `accessKeyId`'s account. */
async function followJob(call: SdkCall, accessKeyId: string): Promise<{ statuses: string[]; url: string }> {
  const advance = (by: string) => emulator.control('POST', `/clock/advance?accessKeyId=${accessKeyId}`, { by })
  const { RequestId: JobId } = await call('SegmentVideoBody', { VideoUrl: VIDEO_URL })
  const poll = async () => (await call('GetAsyncJobResult', { JobId })).Data
  const statuses = [(await poll()).Status]
  await advance('1s')
  statuses.push((await poll()).Status)
  await advance('4s')
  const { Status, Result } = await poll()
  return { statuses: [...statuses, Status], url: JSON.parse(Result).VideoUrl }
}

describe.each(sdks)('$name', ({ connect }) => {
  const fresh = async () => {
    const { body: key } = await emulator.control('POST', '/accounts')
    return { key, call: connect({ url: emulator.url, key, version }) }
  }

  test('submits a job, polls it to its end and downloads the result, which expires', async () => {
    const { key, call } = await fresh()
    const { statuses, url } = await followJob(call, key.accessKeyId)
    expect(statuses).toEqual(['QUEUING', 'PROCESSING', 'PROCESS_SUCCESS'])

    const video = await fetch(url)
    expect([video.status, video.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(Buffer.from(await video.arrayBuffer())).toEqual(readFileSync(new URL('../../fixtures/media/sample.mp4', import.meta.url)))

    await emulator.control('POST', `/clock/advance?accessKeyId=${key.accessKeyId}`, { by: '29m' })
    expect((await fetch(url)).status).toBe(200)
    await emulator.control('POST', `/clock/advance?accessKeyId=${key.accessKeyId}`, { by: '2m' })
    const expired = await fetch(url)
    expect(expired.status).toBe(403)
    expect(await expired.text()).toContain('<Message>Request has expired.</Message>')
  })

  test('throws the documented error', async () => {
    const { call } = await fresh()
    const url = VIDEO_URL.replace('cn-shanghai', 'cn-beijing')
    await expect(call('SegmentVideoBody', { VideoUrl: url })).rejects.toMatchObject({ code: 'InvalidFile.Region' })
  })

  test('calls in a session of a role', async () => {
    const { key } = await fresh()
    const at = `?accessKeyId=${key.accessKeyId}`
    await emulator.control('POST', `/ram/roles${at}`, { name: 'worker', allow: ['videoseg:*'] })
    const { Credentials } = (await emulator.control('POST', `/sts/sessions${at}`, { role: 'worker' })).body
    const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: securityToken } = Credentials
    const call = connect({ url: emulator.url, key: { accessKeyId, accessKeySecret, securityToken }, version })
    expect((await followJob(call, accessKeyId)).statuses.at(-1)).toBe('PROCESS_SUCCESS')
  })

  test('keeps blanks, signs and characters of other languages in a parameter', async () => {
    const { key, call } = await fresh()
    const JobId = "a b+c*d~e'(f)!&=%20/中文😀"
    await expect(call('GetAsyncJobResult', { JobId })).rejects.toMatchObject({ code: expect.stringMatching(/^InvalidParameter/) })
    const [entry] = (await emulator.control('GET', `/requests?accessKeyId=${key.accessKeyId}`)).body
    expect(entry.params.JobId).toBe(JobId)
  })
})
