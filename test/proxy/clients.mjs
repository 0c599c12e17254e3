/**
 * A program that knows nothing of the emulator: its SDKs call the real hosts. What it does is named in its arguments, what came of it is printed as JSON.
 * It runs in a process of its own, because Node.js reads whom to trust at the start.
 */

import OpenApi, { OpenApiRequest, Params } from '@alicloud/openapi-client'
import RPCClient from '@alicloud/pop-core'
import { RuntimeOptions } from '@alicloud/tea-util'
import OSS from 'ali-oss'

const key = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

/** A class behind as many `default`s as the way it was built needs. */
const unwrap = (module) => (module.default === undefined ? module : unwrap(module.default))

const popCore = () => {
  const client = new (unwrap(RPCClient))({ endpoint: 'https://vod.cn-shanghai.aliyuncs.com', apiVersion: '2017-03-21', ...key })
  return (action, params) => client.request(action, params, { method: 'POST', timeout: 60_000 })
}

const openApi = () => {
  const client = new (unwrap(OpenApi))({ ...key, endpoint: 'vod.cn-shanghai.aliyuncs.com', protocol: 'https' })
  return async (action, query) => {
    const style = {
      protocol: 'HTTPS',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      pathname: '/',
      reqBodyType: 'formData',
      bodyType: 'json',
    }
    const params = new Params({ action, version: '2017-03-21', ...style })
    return (
      await client.callApi(params, new OpenApiRequest({ query }), new RuntimeOptions({ readTimeout: 60_000, connectTimeout: 60_000 }))
    ).body
  }
}

/** Asks where a video goes, as upload clients do, and for a client of OSS that puts it there. */
async function uploader(options) {
  const { VideoId, UploadAddress, UploadAuth } = await popCore()('CreateUploadVideo', { Title: 'x', FileName: 'x.mp4' })
  const read = (text) => JSON.parse(Buffer.from(text, 'base64').toString())
  const { Endpoint: endpoint, Bucket: bucket, FileName } = read(UploadAddress)
  const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret, SecurityToken: stsToken } = read(UploadAuth)
  const client = new OSS({ endpoint, bucket, accessKeyId, accessKeySecret, stsToken, refreshSTSTokenInterval: 1e9, ...options })
  return { VideoId, endpoint, FileName, client }
}

async function put(options) {
  const { VideoId, endpoint, FileName, client } = await uploader(options)
  await client.put(FileName, Buffer.alloc(1000, 1))
  return { VideoId, endpoint }
}

async function putInParts(options) {
  const { VideoId, endpoint, FileName, client } = await uploader(options)
  await client.multipartUpload(FileName, Buffer.alloc(300_000, 1), { partSize: 102_400 })
  return { VideoId, endpoint }
}

const V4 = { authorizationV4: true, region: 'oss-cn-shanghai' }

const work = {
  'pop-core': () => popCore()('GetCategories', { CateId: -1 }),
  'openapi-client': () => openApi()('GetCategories', { CateId: -1 }),
  'ali-oss, V1': () => put({}),
  'ali-oss, V4': () => put(V4),
  'ali-oss in parts, V1': () => putInParts({}),
  'ali-oss in parts, V4': () => putInParts(V4),
}

const results = {}
for (const name of process.argv.slice(2)) {
  try {
    results[name] = await work[name]()
  } catch (error) {
    results[name] = { error: error.message }
  }
}
process.stdout.write(JSON.stringify(results))
