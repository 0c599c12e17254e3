/** Uploads of a large file over the loopback: how fast they are, and how much memory the emulator takes meanwhile. */

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Pool } from 'undici'
import { DEFAULT_KEY } from '../src/index.js'
import { v1Signature, v1StringToSign } from '../src/oss/signature-v1.js'
import { type Server, startEmulator } from './server.js'

const MEGABYTE = 1024 * 1024

/** One gibibyte, in parts of 64 MiB where it is uploaded in parts. */
const SIZE = 1024 * MEGABYTE
const PART = 64 * MEGABYTE

/** What is sent, over and over. */
const PIECE = Buffer.alloc(MEGABYTE, 'synthetic video ')

const BUCKET = 'bench-uploads'

/** Megabytes per second, and megabytes of resident memory. */
export interface Upload {
  rate: number
  idle: number
  /** The most that was seen while the upload was under way. */
  peak: number
}

/** An upload in one piece, an upload in parts, and a download of the former. */
export interface Uploads {
  put: Upload
  parts: Upload
  download: Upload
}

/** Each is measured in an emulator of its own, so that none profits from the memory of another. */
export async function measureUploads(): Promise<Uploads> {
  return {
    put: await measure(put),
    parts: await measure(inParts),
    download: await measure(get, put),
  }
}

type Work = (client: Client) => Promise<void>

async function measure(work: Work, before?: Work): Promise<Upload> {
  const server = await startEmulator()
  const client = new Client(server)
  await client.send('PUT', '', '')
  await before?.(client)
  const idle = server.memory() ?? Number.NaN
  let peak = idle
  const watch = setInterval(() => {
    peak = Math.max(peak, server.memory() ?? 0)
  }, 20)
  const started = performance.now()
  await work(client)
  const seconds = (performance.now() - started) / 1000
  clearInterval(watch)
  await client.close()
  await server.stop()
  return { rate: SIZE / MEGABYTE / seconds, idle, peak }
}

const put: Work = async (client) => {
  await client.send('PUT', 'put.mp4', '', SIZE)
}

const inParts: Work = async (client) => {
  const { body } = await client.send('POST', 'parts.mp4', '?uploads')
  const uploadId = /<UploadId>(\w+)</.exec(body)?.[1]
  const numbers = Array.from({ length: SIZE / PART }, (_, index) => index + 1)
  const etags = await Promise.all(
    numbers.map(async (number) => (await client.send('PUT', 'parts.mp4', `?partNumber=${number}&uploadId=${uploadId}`, PART)).etag),
  )
  const list = numbers.map((number, index) => `<Part><PartNumber>${number}</PartNumber><ETag>${etags[index]}</ETag></Part>`).join('')
  await client.send('POST', 'parts.mp4', `?uploadId=${uploadId}`, `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`)
}

const get: Work = async (client) => {
  await client.send('GET', 'put.mp4', '')
}

/** Sends signed requests, three at a time, and never holds more of a body than a piece. */
class Client {
  readonly #pool: Pool

  constructor(server: Server) {
    this.#pool = new Pool(server.url, { connections: 3, bodyTimeout: 0, headersTimeout: 0 })
  }

  /** `body` is a text, or how many bytes of the synthetic file are to be sent. */
  async send(
    method: 'GET' | 'PUT' | 'POST',
    key: string,
    subresource: string,
    body?: string | number,
  ): Promise<{ etag: string; body: string }> {
    const headers = { date: new Date().toUTCString() }
    const query = subresource.slice(1)
    const text = v1StringToSign({ method, headers, date: headers.date, bucket: BUCKET, key, query: [...new URLSearchParams(query)] })
    const size = typeof body === 'number' ? body : Buffer.byteLength(body ?? '')
    const response = await this.#pool.request({
      method,
      path: `/${BUCKET}/${key}${subresource}`,
      headers: {
        ...headers,
        'content-length': String(size),
        authorization: `OSS ${DEFAULT_KEY.accessKeyId}:${v1Signature(DEFAULT_KEY.accessKeySecret, text)}`,
      },
      body: typeof body === 'number' ? Readable.from(pieces(body)) : (body ?? null),
    })
    const length = Number(response.headers['content-length'])
    if (response.statusCode !== 200) throw new Error(`${method} ${key}: ${response.statusCode} ${await response.body.text()}`)
    const answer = length > MEGABYTE ? await digestOf(response.body) : await response.body.text()
    return { etag: String(response.headers.etag), body: answer }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}

function* pieces(size: number): Generator<Buffer> {
  for (let sent = 0; sent < size; sent += PIECE.byteLength) yield PIECE
}

async function digestOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const md5 = createHash('md5')
  for await (const piece of body) md5.update(piece)
  return md5.digest('hex')
}
