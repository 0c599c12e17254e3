/** `aliyun-sdk`, the older official client for JavaScript: buckets in the path where the endpoint is an address, before the host where it has a name. */

import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { BUCKET, bytes, md5, ossEmulator } from './support.js'

// It has no types.
const { OSS } = createRequire(import.meta.url)('aliyun-sdk')

/** What the client answers has all shapes. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Answer = any

/** Names before the host are not known on every system. */
const lookup = (_host: string, options: { all?: boolean }, done: (...found: unknown[]) => void) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)

const endpoints = {
  'an address': (url: string) => url,
  'a name': (url: string) => url.replace('127.0.0.1', 'localhost'),
}

/** An emulator, and the client with this kind of endpoint: a new one for each call, for it remembers the bucket of the first in its endpoint. */
async function world(kind: keyof typeof endpoints) {
  const { url, account } = await ossEmulator()
  const { accessKeyId, accessKeySecret } = account.credentials
  const call = (operation: string, params: object = {}): Promise<Answer> => {
    const client = new OSS({
      accessKeyId,
      secretAccessKey: accessKeySecret,
      endpoint: endpoints[kind](url),
      apiVersion: '2013-10-15',
      maxRetries: 0,
      httpOptions: { lookup },
    })
    return new Promise((resolve, reject) => {
      client[operation]({ Bucket: BUCKET, ...params }, (error: unknown, answer: Answer) => (error ? reject(error) : resolve(answer)))
    })
  }
  return { account, call }
}

describe.each(Object.keys(endpoints) as (keyof typeof endpoints)[])('with %s for an endpoint', (kind) => {
  test('buckets are asked for, which is signed without a slash where they end the path', async () => {
    const { call } = await world(kind)
    expect((await call('getBucketAcl')).Owner).toEqual({ ID: expect.any(String), DisplayName: expect.any(String) })
    expect((await call('getBucketLocation')).LocationConstraint).toBe('oss-cn-shanghai')
    expect(await call('listMultipartUploads')).toMatchObject({ Bucket: BUCKET, Uploads: [] })
    expect(await call('listObjects', { Prefix: 'a b+', Delimiter: '/' })).toMatchObject({ Name: BUCKET, Prefix: 'a b+', Contents: [] })
  })

  test('a bucket is there, or it is not', async () => {
    const { call } = await world(kind)
    expect(await call('headBucket')).toMatchObject({ RequestId: expect.any(String) })
    await expect(call('headBucket', { Bucket: 'no-such-bucket' })).rejects.toMatchObject({ code: 'NotFound' })
  })

  test.each(['a.txt', 'a+b c.txt', '电影/ü.mp4', "x!'()*~.txt"])(
    '%s is uploaded, in one piece and in parts, read, copied and deleted',
    async (Key) => {
      const { call, account } = await world(kind)
      const content = bytes(1000)
      await call('putObject', { Key, Body: content, ContentType: 'video/mp4', Metadata: { author: 'ann' } })
      expect(await call('headObject', { Key })).toMatchObject({
        ContentType: 'video/mp4',
        ETag: `"${md5(content)}"`,
        Metadata: { author: 'ann' },
      })
      expect((await call('getObject', { Key })).Body.equals(content)).toBe(true)
      await call('copyObject', { Key: 'copy', CopySource: `/${BUCKET}/${encodeURIComponent(Key)}` })
      const { UploadId } = await call('createMultipartUpload', { Key: `${Key}.parts` })
      const { ETag } = await call('uploadPart', { Key: `${Key}.parts`, UploadId, PartNumber: 1, Body: content })
      const Parts = [{ PartNumber: 1, ETag }]
      await call('completeMultipartUpload', { Key: `${Key}.parts`, UploadId, CompleteMultipartUpload: { Parts } })
      await call('deleteObjects', { Delete: { Objects: [{ Key }] } })
      expect(account.oss.objects.list().rows.map(({ key }) => key)).toEqual(expect.arrayContaining(['copy', `${Key}.parts`]))
      expect(account.oss.object(BUCKET, Key)).toBeUndefined()
    },
  )
})
