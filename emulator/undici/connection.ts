/** A connection within the process: what is written on one side is read on the other. */

import { constants } from 'node:os'
import { Duplex } from 'node:stream'

/** Milliseconds between the ticks of a timer that has nothing to do. */
const LONG = 2 ** 31 - 1

/**
 * One side of a connection, with as much of a `net.Socket` as HTTP needs of one. Bytes are copied, as they would be on the wire: neither side can
 * change what the other has. Whatever arrives does so in a turn of the event loop of its own: clients rely on what came before having been dealt
 * with. Who writes faster than the other side reads has to wait.
 */
export class Connection extends Duplex {
  #other!: Connection
  /** What the stream is told when the other side has room again for what was written. */
  #written: (() => void) | undefined

  /** What keeps the process alive as a socket does, unless it is told not to. */
  #handle: NodeJS.Timeout | undefined

  /** Both sides of a new connection. The process goes on until the client has closed it, or has let go of it (`unref`). */
  static pair(): { client: Connection; server: Connection } {
    const client = new Connection()
    const server = new Connection()
    client.#other = server
    server.#other = client
    client.#handle = setInterval(() => {}, LONG)
    return { client, server }
  }

  ref(): this {
    this.#handle?.ref()
    return this
  }

  unref(): this {
    this.#handle?.unref()
    return this
  }

  /** Breaks the connection: the other side gets `ECONNRESET`, and nothing of what it has not read yet. */
  resetAndDestroy(): void {
    setImmediate(() => this.#other.destroy(systemError('ECONNRESET', 'read')))
    this.destroy()
  }

  /** Closes the connection when all that was written is on the other side. */
  destroySoon(): void {
    this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  override _read(): void {
    this.#other.#proceed()
  }

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    const copy = Buffer.from(bytes)
    setImmediate(() => {
      // Who has not read yet that the other side is gone does not know better.
      if (this.#other.destroyed) return done(this.readableEnded ? systemError('EPIPE', 'write') : undefined)
      this.#written = done
      if (this.#other.push(copy)) this.#proceed()
    })
  }

  override _final(done: () => void): void {
    this.#endOther()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#handle)
    this.#endOther()
    this.#other.#proceed()
    done(error)
  }

  /** The other side reads what there is, and then the end. */
  #endOther(): void {
    setImmediate(() => this.#other.push(null))
  }

  #proceed(): void {
    const written = this.#written
    this.#written = undefined
    written?.()
  }
}

/** An error as a socket has it. */
const systemError = (code: 'ECONNRESET' | 'EPIPE', syscall: string): Error =>
  Object.assign(new Error(`${syscall} ${code}`), { errno: -constants.errno[code], code, syscall })
