/** A call and its reply as plain data, whatever door they come through. */

import type { Account } from '../account/types.js'
import type { Origin } from './addresses.js'

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
  /** By what the client has reached the server, where a door knows it: `http://127.0.0.1:4010`, or the real hosts. */
  origin?: Origin | undefined
  /** True of a call that came over TLS, where a door knows it. */
  secure?: boolean | undefined
  /** Machine time at which it came in, in milliseconds since 1970: its own timestamp is checked against it. Default: now. */
  receivedAt?: number
  /**
   * Told of each turn that it is served in, at the beginning: the account stands at one instant then. An upload has one turn before its body is
   * read, and one after it. Told once without an account of a call that leads to none.
   */
  onTurn?: (account: Account | undefined) => void
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
  /**
   * What becomes of the connection: `reset` breaks it before anything is sent, `hang` sends nothing until the client gives up, `resetAfter` breaks it
   * after so many bytes of the body. Of the first two, status, headers and body are not for the client; where there never were any, the status is 0.
   */
  connection?: 'reset' | 'hang' | { resetAfter: number }
  /** Milliseconds of real time that the client waits for it. */
  delay?: number
  /** Aborted once nobody is to wait any longer for a reply that comes late or never, because its account has ended. */
  ended?: AbortSignal
}
