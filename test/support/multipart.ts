/** Forms written by hand, byte by byte: what no client would send, too. */

import type { Call } from '../../src/index.js'

/** One part of a form. */
export interface Part {
  /** Lines before its content. */
  headers: readonly string[]
  content: string | Uint8Array
}

/** A field. */
export const field = (name: string, content: string): Part => ({ headers: [`Content-Disposition: form-data; name="${name}"`], content })

/** A file. */
export const file = (content: string | Uint8Array, name = 'a.txt'): Part => ({
  headers: [`Content-Disposition: form-data; name="file"; filename="${name}"`],
  content,
})

/** The bytes of a form. */
export function multipart(parts: readonly Part[], { boundary = 'x', end }: { boundary?: string; end?: string } = {}): Buffer {
  const pieces = parts.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...pieces, Buffer.from(end ?? `--${boundary}--\r\n`)])
}

/** The call that posts a form to a bucket. */
export function postCall(bucket: string, body: Uint8Array, contentType = 'multipart/form-data; boundary=x'): Call {
  const host = `${bucket}.oss-cn-shanghai.aliyuncs.com`
  return { method: 'POST', host, path: '/', query: '', headers: { host, 'content-type': contentType }, body }
}
