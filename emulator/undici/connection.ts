/** A connection within the process: what is written on one side is read on the other. */

import { Duplex } from 'node:stream'

/**
 * One side of a connection, with as much of a `net.Socket` as HTTP needs of one. Bytes are copied, as they would be on the wire: neither side
 * can change what the other has. Who writes faster than the other side reads has to wait.
 */
export class Connection extends Duplex {
  #other!: Connection
  /** What the stream is told when the other side has room again for what was written. */
  #written: ((error?: Error) => void) | undefined

  /** Both sides of a new connection. */
  static pair(): { client: Connection; server: Connection } {
    const client = new Connection()
    const server = new Connection()
    client.#other = server
    server.#other = client
    return { client, server }
  }

  /** Breaks the connection: the other side gets `ECONNRESET`, and nothing of what it has not read yet. */
  resetAndDestroy(): void {
    this.#other.destroy(systemError('ECONNRESET', 'read'))
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
    if (this.#other.destroyed) return done(systemError('EPIPE', 'write'))
    this.#written = done
    if (this.#other.push(Buffer.from(bytes))) this.#proceed()
  }

  override _final(done: () => void): void {
    this.#other.push(null)
    done()
  }

  /** The other side reads what there is, and then the end. */
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#other.push(null)
    this.#other.#proceed(systemError('EPIPE', 'write'))
    done(error)
  }

  #proceed(error?: Error): void {
    const written = this.#written
    this.#written = undefined
    written?.(error)
  }
}

/** An error as a socket has it. */
const systemError = (code: string, syscall: string): Error => Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
