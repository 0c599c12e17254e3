/** What the services say to input files: by their URL at once, by their content in the job. */

import { describe, expect, test } from 'vitest'
import type { AssetInput } from '../../src/assets/asset.js'
import { VIDEO_URL } from '../support/cloud.js'
import { jobWorld, type SubmitId, submits } from './support.js'

const BUCKET = 'http://viapi-test.oss-cn-shanghai.aliyuncs.com'

describe.each(submits)('$id', ({ id, param }) => {
  test.each<[title: string, url: string, code: string | undefined]>([
    ['a bucket in Shanghai', `${BUCKET}/a/b.mp4`, undefined],
    ['over https', VIDEO_URL.replace('http:', 'https:'), undefined],
    ['inside the network of Shanghai', 'http://b.oss-cn-shanghai-internal.aliyuncs.com/a.mp4', undefined],
    ['with a query', `${VIDEO_URL}?Expires=1&Signature=x.jpg`, undefined],
    ['with escaped Chinese characters', `${BUCKET}/%E7%99%BD.mp4`, undefined],
    ['an extension in capitals', `${BUCKET}/a.MP4`, undefined],
    ['no extension', `${BUCKET}/video`, undefined],
    ['empty', '', 'MissingParameter'],
    ['Chinese characters', `${BUCKET}/白.mp4`, 'InvalidFile.URL'],
    ['a blank', `${BUCKET}/a b.mp4`, 'InvalidFile.URL'],
    ['no URL', 'a.mp4', 'InvalidFile.URL'],
    ['another protocol', VIDEO_URL.replace('http:', 'oss:'), 'InvalidFile.URL'],
    ['a broken host', 'http://[::1/a.mp4', 'InvalidFile.URL'],
    ['control characters', `${BUCKET}/a\u0007.mp4`, 'InvalidParameter.BadRequest'],
    ['another region', VIDEO_URL.replace('shanghai', 'beijing'), 'InvalidFile.Region'],
    ['another region, inside its network', 'http://b.oss-cn-beijing-internal.aliyuncs.com/a.mp4', 'InvalidFile.Region'],
    ['no bucket', 'http://example.com/a.mp4', 'InvalidFile.Region'],
    ['a host that only looks like a bucket', 'http://b.oss-cn-shanghai.aliyuncs.com.example.com/a.mp4', 'InvalidFile.Region'],
    ['a host that ends like a bucket', 'http://boss-cn-shanghai.aliyuncs.com/a.mp4', 'InvalidFile.Region'],
    ['localhost', 'http://localhost/a.mp4', 'InvalidFile.Unsafe'],
    ['localhost with a dot at the end', 'http://localhost./a.mp4', 'InvalidFile.Unsafe'],
    ['a name below localhost', 'http://a.localhost:8080/a.mp4', 'InvalidFile.Unsafe'],
    ['a name of the network', 'http://metadata.internal/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine', 'http://127.0.0.1/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine, another address', 'http://127.1.2.3/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine in decimal', 'http://2130706433/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine in hexadecimal', 'http://0x7f000001/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine in octal', 'http://0177.0.0.1/a.mp4', 'InvalidFile.Unsafe'],
    ['the own machine, shortened', 'http://127.1/a.mp4', 'InvalidFile.Unsafe'],
    ['any address', 'http://0.0.0.0/a.mp4', 'InvalidFile.Unsafe'],
    ['a private network', 'http://10.1.2.3/a.mp4', 'InvalidFile.Unsafe'],
    ['the end of a private network', 'http://172.31.255.255/a.mp4', 'InvalidFile.Unsafe'],
    ['beyond the end of a private network', 'http://172.32.0.0/a.mp4', 'InvalidFile.Region'],
    ['a home network', 'http://192.168.0.1/a.mp4', 'InvalidFile.Unsafe'],
    ['the address of metadata', 'http://169.254.169.254/a.mp4', 'InvalidFile.Unsafe'],
    ['the address of metadata at Alibaba Cloud', 'http://100.100.100.200/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: the own machine', 'http://[::1]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: the own machine in full', 'http://[0:0:0:0:0:0:0:1]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: any address', 'http://[::]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: local to the link', 'http://[fe80::1]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: local to the site', 'http://[fd00::1]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: an IPv4 address in it', 'http://[::ffff:127.0.0.1]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: an IPv4 address in it, in hexadecimal', 'http://[::ffff:a9fe:a9fe]/a.mp4', 'InvalidFile.Unsafe'],
    ['IPv6: a public address', 'http://[2001:db8::1]/a.mp4', 'InvalidFile.Region'],
    ['a user name', `http://user@viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4`, 'InvalidFile.Unsafe'],
    ['a password', `http://user:secret@viapi-test.oss-cn-shanghai.aliyuncs.com/a.mp4`, 'InvalidFile.Unsafe'],
    ['too long', `${BUCKET}/${'a'.repeat(2048)}.mp4`, 'InvalidFile.URL'],
  ])('%s', async (_title, url, code) => {
    const { submit, account } = jobWorld()
    const { status, body } = await submit(id, url)
    expect([status, body.Code]).toEqual(code === undefined ? [200, undefined] : [400, code])
    if (code !== undefined) {
      expect(body.Message).toContain(`"${param}"`)
      expect(account.jobs.unfinished).toBe(0)
    }
  })
})

const FORMATS = ['mp4', 'avi', 'flv', 'mov', 'mkv', 'ts', 'mpg', 'mpeg', 'wmv', 'jpg', 'exe']
describe.each<[SubmitId, string[]]>([
  ['videoseg.SegmentVideoBody', ['mp4', 'avi', 'flv', 'mov']],
  ['videoseg.SegmentHalfBody', ['mp4', 'mov', 'avi']],
  ['videoseg.SegmentGreenScreenVideo', ['mp4', 'avi', 'mkv', 'mov', 'flv', 'ts', 'mpg', 'mpeg']],
])('%s takes the documented formats only', (id, allowed) => {
  test.each(FORMATS)('%s', async (format) => {
    const { submit, outcome } = jobWorld()
    const { body } = await submit(id, `${BUCKET}/a.${format}`)
    expect(body.Code).toBe(allowed.includes(format) ? undefined : 'InvalidFile.Type')
    // Where the URL does not show it, the content does.
    expect((await outcome(id, { url: `${BUCKET}/b`, format })).ErrorCode).toBe(allowed.includes(format) ? undefined : 'InvalidFile.Type')
  })
})

describe.each<[SubmitId, asset: Omit<AssetInput, 'url'>, code: string | undefined]>([
  ['videoseg.SegmentVideoBody', { frames: 2000 }, undefined],
  ['videoseg.SegmentVideoBody', { frames: 2001 }, 'InvalidFile.Content'],
  ['videoseg.SegmentVideoBody', { duration: 80 }, undefined],
  ['videoseg.SegmentVideoBody', { duration: 80.1 }, 'InvalidFile.Content'],
  ['videoseg.SegmentVideoBody', { bytes: 1024 ** 3 }, undefined],
  ['videoseg.SegmentVideoBody', { bytes: 1024 ** 3 + 1 }, 'InvalidFile.Content'],
  ['videoseg.SegmentVideoBody', { width: 1, height: 10_000 }, undefined],
  ['videoseg.SegmentHalfBody', { width: 100, height: 101 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentHalfBody', { width: 101, height: 100 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentHalfBody', { width: 101, height: 101 }, undefined],
  ['videoseg.SegmentHalfBody', { width: 1920, height: 1080 }, undefined],
  ['videoseg.SegmentHalfBody', { width: 1921, height: 1080 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentHalfBody', { width: 1920, height: 1081 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentGreenScreenVideo', { width: 75, height: 75 }, undefined],
  ['videoseg.SegmentGreenScreenVideo', { width: 74, height: 75 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentGreenScreenVideo', { width: 75, height: 74 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentGreenScreenVideo', { width: 2000, height: 2000 }, undefined],
  ['videoseg.SegmentGreenScreenVideo', { width: 2001, height: 2000 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentGreenScreenVideo', { width: 2000, height: 2001 }, 'InvalidFile.Resolution'],
  ['videoseg.SegmentGreenScreenVideo', { bytes: 120 * 1024 ** 2 }, undefined],
  ['videoseg.SegmentGreenScreenVideo', { bytes: 120 * 1024 ** 2 + 1 }, 'InvalidFile.Content'],
  ['videoseg.SegmentHalfBody', { width: 1080, height: 1920 }, undefined],
  ['videorecog.DetectVideoShot', { width: 4096, height: 4096, bytes: 10 ** 12, frames: 10 ** 6 }, undefined],
  ['videorecog.DetectVideoShot', { width: 4097, height: 4096 }, 'InvalidFile.Resolution'],
  ['videorecog.DetectVideoShot', { width: 64, height: 64 }, undefined],
  ['videorecog.DetectVideoShot', { width: 64, height: 63 }, 'InvalidFile.Resolution'],
])('%s and a file of %j', (id, asset, code) => {
  test(code ?? 'is fine', async () => {
    expect((await jobWorld().outcome(id, asset)).ErrorCode).toBe(code)
  })
})

describe('declared files', () => {
  test('a declared region counts, not the host', async () => {
    const url = 'https://media.example.com/a.mp4'
    expect((await jobWorld().outcome('videoseg.SegmentVideoBody', { url, region: 'cn-shanghai' })).Status).toBe('PROCESS_SUCCESS')
    expect(await jobWorld().outcome('videoseg.SegmentVideoBody', { url, region: 'cn-beijing' })).toEqual({ refused: 'InvalidFile.Region' })
  })

  test('a file that a test serves from its own machine can be declared', async () => {
    const { outcome } = jobWorld()
    expect((await outcome('videoseg.SegmentVideoBody', { url: 'http://127.0.0.1:9000/a.mp4' })).Status).toBe('PROCESS_SUCCESS')
  })

  test('are found without query and fragment', async () => {
    const { submit, poll, account } = jobWorld()
    await account.putAssets([{ url: VIDEO_URL, defect: 'cannot be decoded' }])
    const { body } = await submit('videoseg.SegmentVideoBody', `${VIDEO_URL}?Expires=1#t=1`)
    await account.clock.advance(5000)
    expect((await poll(body.RequestId)).ErrorCode).toBe('InvalidFile.Decode')
  })

  test('what is declared before the job gets to it counts', async () => {
    const { submit, poll, account } = jobWorld()
    const { body } = await submit('videoseg.SegmentVideoBody')
    await account.putAssets([{ url: VIDEO_URL, defect: 'cannot be decoded' }])
    await account.clock.advance(5000)
    expect((await poll(body.RequestId)).ErrorCode).toBe('InvalidFile.Decode')
  })

  test.each<[string, object]>([
    ['a duration without end', { duration: 1e308 }],
    ['a negative size', { bytes: -1 }],
    ['half a pixel', { width: 0.5 }],
    ['a defect that nobody knows', { defect: 'is odd' }],
    ['a field that nobody knows', { colour: 'green' }],
    ['no URL', { url: 'a.mp4' }],
  ])('%s is refused, and nothing is declared', async (_title, wrong) => {
    const { account } = jobWorld()
    const other = { url: `${BUCKET}/other.mp4` }
    await expect(account.putAssets([other, { url: VIDEO_URL, ...wrong } as AssetInput])).rejects.toThrow()
    expect(account.assets.list().rows).toEqual([])
  })
})

describe('strict inputs', () => {
  test('refuse a file that nobody has declared, once it is to be opened', async () => {
    const { submit, poll, account } = jobWorld({ settings: { strictInputs: true } })
    const { body } = await submit('videoseg.SegmentVideoBody')
    await account.clock.advance(5000)
    expect(await poll(body.RequestId)).toMatchObject({ Status: 'PROCESS_FAILED', ErrorCode: 'InvalidFile.Download' })
  })

  test('take a declared file', async () => {
    expect((await jobWorld({ settings: { strictInputs: true } }).outcome('videoseg.SegmentVideoBody')).Status).toBe('PROCESS_SUCCESS')
  })

  test.each([undefined, 'http://127.0.0.1:4010'])('take the result of another job (public URL %s)', async (publicUrl) => {
    const { submit, poll, account, cloud } = jobWorld({ settings: { strictInputs: true } })
    cloud.publicUrl = publicUrl
    await account.putAssets([{ url: VIDEO_URL }])
    const first = (await submit('videoseg.SegmentVideoBody')).body.RequestId
    await account.clock.advance(5000)
    const { VideoUrl } = JSON.parse((await poll(first)).Result)
    const second = (await submit('videoseg.SegmentHalfBody', VideoUrl)).body.RequestId
    await account.clock.advance(5000)
    expect((await poll(second)).Status).toBe('PROCESS_SUCCESS')
  })
})
