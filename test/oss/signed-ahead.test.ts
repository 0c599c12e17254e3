/** Signatures that say that they were made later than now. */

import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { v4Signature } from '../../src/oss/signature-v4.js'
import { field, file, multipart, postCall } from '../support/multipart.js'
import { BUCKET, bytes, type Client, ossEmulator, REGION } from './support.js'

const KEY = 'film.mp4'
const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

/** Does something at another time of the machine. */
async function at<T>(time: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: time })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}

const get = async (url: string) => {
  const response = await fetch(url)
  const text = await response.text()
  return { status: response.status, code: /<Code>(\w+)/.exec(text)?.[1], reason: response.headers.get('x-emulator-reason') }
}

describe('a URL signed with V4', () => {
  const signed = (client: Client, time: number): Promise<string> => at(time, () => client.signatureUrlV4('GET', 604_800, {}, KEY))

  it.each([
    ['a year', YEAR],
    ['16 minutes', 16 * MINUTE],
  ])('and dated %s ahead is refused', async (_ahead, ahead) => {
    const { client } = await ossEmulator()
    await client().put(KEY, bytes(10))
    expect(await get(await signed(client({ inPath: true }), Date.now() + ahead))).toEqual({
      status: 403,
      code: 'RequestTimeTooSkewed',
      reason: expect.stringContaining('x-oss-date is more than 15 minutes ahead'),
    })
  })

  it('and dated 14 minutes ahead is good, because clocks differ', async () => {
    const { client } = await ossEmulator()
    await client().put(KEY, bytes(10))
    expect((await get(await signed(client({ inPath: true }), Date.now() + 14 * MINUTE))).status).toBe(200)
  })

  it("and dated by the account's clock is good, however far that is", async () => {
    const { client, account } = await ossEmulator()
    await client().put(KEY, bytes(10))
    await account.clock.advanceTo(Date.now() + YEAR)
    expect((await get(await signed(client({ inPath: true }), account.clock.now()))).status).toBe(200)
  })
})

describe('a form signed with V4', () => {
  const post = async (time: string) => {
    const { cloud } = await ossEmulator()
    const policy = Buffer.from(`{"expiration":"2026-01-01T01:00:00Z","conditions":[{"bucket":"${BUCKET}"}]}`).toString('base64')
    const credential = { accessKeyId: 'testAccessKeyId', day: time.slice(0, 8), region: REGION }
    const fields = {
      key: KEY,
      policy,
      'x-oss-signature-version': 'OSS4-HMAC-SHA256',
      'x-oss-credential': `testAccessKeyId/${credential.day}/${REGION}/oss/aliyun_v4_request`,
      'x-oss-date': time,
      'x-oss-signature': v4Signature('testAccessKeySecret', credential, policy),
    }
    const { status, body } = await cloud.handle(
      postCall(BUCKET, multipart([...Object.entries(fields).map(([name, value]) => field(name, value)), file('a')])),
    )
    return [status, /<Code>(\w+)/.exec(String(body))?.[1]]
  }
  const compact = (ahead: number): string => `${new Date(Date.now() + ahead).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

  it('and dated now is taken', async () => {
    expect(await post(compact(0))).toEqual([204, undefined])
  })

  it('and dated a year ahead is refused', async () => {
    expect(await post(compact(YEAR))).toEqual([403, 'RequestTimeTooSkewed'])
  })

  it('and dated with what is no time is refused', async () => {
    expect(await post('20260101')).toEqual([400, 'InvalidArgument'])
  })
})
