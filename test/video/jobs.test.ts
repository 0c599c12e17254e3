import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { defects } from '../../src/assets/asset.js'
import { download, VIDEO_URL } from '../support/cloud.js'
import { jobWorld, submits } from './support.js'

const sample = (name: string): Buffer => readFileSync(new URL(`../../fixtures/media/${name}`, import.meta.url))

describe.each(submits)('$id', ({ id }) => {
  test("answers with its RequestId alone, which is the job's id", async () => {
    const { submit, poll } = jobWorld()
    const { body } = await submit(id)
    expect(Object.keys(body)).toEqual(['RequestId', 'Message'])
    expect(await poll(body.RequestId)).toEqual({ JobId: body.RequestId, Status: 'QUEUING' })
  })

  test('waits, works and is done', async () => {
    const { submit, poll, account } = jobWorld()
    const JobId = (await submit(id)).body.RequestId
    const statuses = []
    for (const milliseconds of [999, 1, 3999, 1]) {
      await account.clock.advance(milliseconds)
      statuses.push((await poll(JobId)).Status)
    }
    expect(statuses).toEqual(['QUEUING', 'PROCESSING', 'PROCESSING', 'PROCESS_SUCCESS'])
    expect(Object.keys(await poll(JobId))).toEqual(['JobId', 'Status', 'Result'])
  })

  test('the same job has the same end for whichever vision service asks', async () => {
    const { submit, poll, account } = jobWorld()
    const JobId = (await submit(id)).body.RequestId
    await account.clock.advance(5000)
    expect(await poll(JobId, 'videorecog')).toEqual(await poll(JobId, 'videoseg'))
  })

  test.each([
    ['cannot be downloaded', 'PROCESS_FAILED', 'InvalidFile.Download'],
    ['cannot be decoded', 'PROCESS_FAILED', 'InvalidFile.Decode'],
    ['is empty', 'PROCESS_FAILED', 'InvalidFile.Content'],
    ['shows something else', 'PROCESS_FAILED', 'InvalidFile.Category'],
    ['is unsafe', 'PROCESS_FAILED', 'InvalidFile.Unsafe'],
    ['never finishes', 'TIMEOUT_FAILED', 'InternalServerError.Algo'],
    ['fails every time', 'LIMIT_RETRY_FAILED', 'InternalServerError.Algo'],
  ] as const)('a file that %s: %s', async (defect, Status, ErrorCode) => {
    const { outcome } = jobWorld()
    const { JobId, ErrorMessage, ...end } = await outcome(id, { defect })
    expect(end).toEqual({ Status, ErrorCode })
    expect(ErrorMessage).toMatch(/\w/)
  })
})

test('every defect has its case above', () => {
  expect([...defects].sort()).toEqual([
    'cannot be decoded',
    'cannot be downloaded',
    'fails every time',
    'is empty',
    'is unsafe',
    'never finishes',
    'shows something else',
  ])
})

test('a file of no bytes is as good as empty', async () => {
  expect(await jobWorld().outcome('videorecog.DetectVideoShot', { bytes: 0 })).toMatchObject({
    Status: 'PROCESS_FAILED',
    ErrorCode: 'InvalidFile.Content',
  })
})

describe('the result', () => {
  test.each([
    ['videoseg.SegmentVideoBody', 'VideoUrl'],
    ['videoseg.SegmentHalfBody', 'VideoUrl'],
    ['videoseg.SegmentGreenScreenVideo', 'VideoURL'],
  ] as const)('of %s is a video under a URL that expires', async (id, field) => {
    const { outcome, cloud, account } = jobWorld()
    const submitted = account.clock.now()
    const Result = JSON.parse((await outcome(id)).Result)
    expect(Object.keys(Result)).toEqual([field])
    const url = new URL(Result[field])
    expect(url.host).toMatch(/\.oss-cn-shanghai\.aliyuncs\.com$/)
    expect(Number(url.searchParams.get('Expires'))).toBe(submitted / 1000 + 5 + 1800)
    // The clock stands a day later.
    expect((await download(cloud, url.href)).status).toBe(403)
  })

  test.each([
    [false, 'png', 'image/png'],
    [true, 'gif', 'image/gif'],
  ])('of GenerateVideoCover with IsGif=%s: covers, the best first', async (IsGif, extension, type) => {
    const { call, poll, account, cloud } = jobWorld()
    const { RequestId } = (await call('videorecog.GenerateVideoCover', { VideoUrl: VIDEO_URL, IsGif })).body
    await account.clock.advance(5000)
    const { Outputs } = JSON.parse((await poll(RequestId)).Result)
    const confidences = Outputs.map(({ Confidence }: { Confidence: number }) => Confidence)
    expect(confidences.length).toBeGreaterThan(0)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
    for (const { ImageURL, ...rest } of Outputs) {
      expect(Object.keys(rest)).toEqual(['Confidence'])
      const { status, headers, body } = await download(cloud, ImageURL)
      expect([status, headers['content-type']]).toEqual([200, type])
      expect(body).toEqual(sample(`sample.${extension}`))
    }
    expect(new Set(Outputs.map(({ ImageURL }: { ImageURL: string }) => ImageURL)).size).toBe(Outputs.length)
  })

  test('of DetectVideoShot: rising frame numbers from 0, within the video', async () => {
    const { outcome } = jobWorld()
    const { ShotFrameIds } = JSON.parse((await outcome('videorecog.DetectVideoShot', { frames: 300 })).Result)
    expect(ShotFrameIds[0]).toBe(0)
    expect(ShotFrameIds).toEqual([...new Set<number>(ShotFrameIds)].sort((a, b) => a - b))
    expect(Math.max(...ShotFrameIds)).toBeLessThan(300)
    expect(JSON.parse((await outcome('videorecog.DetectVideoShot', { frames: 1 })).Result)).toEqual({ ShotFrameIds: [0] })
  })

  test('is the same for the same file, and another for another', async () => {
    const shots = async (url: string) => (await jobWorld().outcome('videorecog.DetectVideoShot', { url, frames: 1000 })).Result
    expect(await shots(VIDEO_URL)).toBe(await shots(VIDEO_URL))
    expect(await shots(VIDEO_URL)).not.toBe(await shots(VIDEO_URL.replace('sample', 'other')))
  })
})

describe('a download', () => {
  const finished = async () => {
    const world = jobWorld()
    const { RequestId } = (await world.submit('videoseg.SegmentVideoBody')).body
    await world.account.clock.advance(5000)
    return { ...world, url: JSON.parse((await world.poll(RequestId)).Result).VideoUrl as string }
  }

  test('gives the file, its type, its size and its MD5', async () => {
    const { cloud, url } = await finished()
    const { status, headers, body } = await download(cloud, url)
    expect([status, headers['content-length'], headers.etag]).toEqual([
      200,
      String(sample('sample.mp4').length),
      expect.stringMatching(/^"[0-9A-F]{32}"$/),
    ])
    expect(Buffer.from(body)).toEqual(sample('sample.mp4'))
  })

  test('is possible for thirty minutes, and not a second longer', async () => {
    const { cloud, account, url } = await finished()
    await account.clock.advance(1_799_999)
    expect((await download(cloud, url)).status).toBe(200)
    await account.clock.advance(1)
    const { status, body } = await download(cloud, url)
    expect([status, String(body)]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')])
  })

  test.each<[title: string, change: (url: URL) => void, status: number, code: string]>([
    [
      'without a signature',
      (url) => {
        url.search = ''
      },
      403,
      'AccessDenied',
    ],
    [
      'with a later expiry',
      (url) => {
        url.searchParams.set('Expires', '9999999999')
      },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'of another object',
      (url) => {
        url.pathname = '/video-human-segmentation/other.mp4'
      },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'of another bucket',
      (url) => {
        url.host = 'other.oss-cn-shanghai.aliyuncs.com'
      },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'with an unknown key',
      (url) => {
        url.searchParams.set('OSSAccessKeyId', 'nobody')
      },
      403,
      'InvalidAccessKeyId',
    ],
    [
      'with a broken escape',
      (url) => {
        url.pathname = '/%zz'
      },
      400,
      'InvalidURI',
    ],
  ])('%s is refused', async (_title, change, status, code) => {
    const { cloud, url } = await finished()
    const changed = new URL(url)
    change(changed)
    const reply = await download(cloud, changed.href)
    expect([reply.status, String(reply.body)]).toEqual([status, expect.stringContaining(`<Code>${code}</Code>`)])
  })

  test.each([
    ['POST', 405],
    ['PUT', 403],
    ['DELETE', 403],
  ])('by %s is refused', async (method, expected) => {
    const { cloud, url } = await finished()
    const { host, pathname, search } = new URL(url)
    const { status } = await cloud.handle({
      method,
      host,
      path: pathname,
      query: search.slice(1),
      headers: { host },
      body: new Uint8Array(),
    })
    expect(status).toBe(expected)
  })
})
