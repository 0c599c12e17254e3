/** A call and its reply as plain data, whatever door they come through. */

/** One request. */
export interface Call {
  /** HTTP method, upper case. */
  method: string
  /** Host with port, as the client wrote it: `videoseg.cn-shanghai.aliyuncs.com`, `127.0.0.1:4010`. */
  host: string
  /** Path, still percent-encoded, starting with `/`. */
  path: string
  /** Query string without the question mark, still encoded. */
  query: string
  /** Headers by lower-case name. */
  headers: Readonly<Record<string, string | undefined>>
  body: Uint8Array
  /** The body piece by piece, where a door leaves reading it to OSS; `body` is empty then. */
  stream?: AsyncIterable<Uint8Array>
  /** Size of the body in bytes, where a door has cut off reading one that was too large. */
  bodySize?: number
  /** IP address of the client, where a door knows it. */
  clientAddress?: string
}

/** One answer. */
export interface Reply {
  /** HTTP status. */
  status: number
  /** Headers by lower-case name. */
  headers: Record<string, string>
  body: string | Uint8Array
  /** The body piece by piece, of as many bytes as `content-length` says; `body` is empty then. */
  stream?: AsyncIterable<Uint8Array>
  /** What happens to the connection instead of this reply being sent: `reset` breaks it, `hang` keeps the client waiting until it gives up. */
  connection?: 'reset' | 'hang'
}
