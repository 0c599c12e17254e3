/** HTTP written by hand, on a socket of its own. */

import { connect, type Socket } from 'node:net'

/** Writes bytes, and ends what is written; resolves with all that came back once the connection is closed, however it is. */
export const exchange = (url: string, bytes: string | Uint8Array): Promise<string> => exchanged(url, (socket) => socket.end(bytes))

/** The same, and leaves it to the other end to close the connection: who is asked for somebody else takes a client that ends its side for one that has gone. */
export const exchangeUntilClosed = (url: string, bytes: string | Uint8Array): Promise<string> =>
  exchanged(url, (socket) => socket.write(bytes))

function exchanged(url: string, write: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const { port, hostname } = new URL(url)
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    // A connection that is cut is an answer as well.
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    write(socket)
  })
}

/** Sends a request with exactly these headers; the status of the answer, and its body. */
export async function send(
  url: string,
  {
    method = 'GET',
    target,
    version = '1.1',
    headers = {},
    body = '',
  }: {
    method?: string
    target: string
    version?: string
    headers?: Readonly<Record<string, string>>
    body?: string
  },
): Promise<{ status: number; head: string; body: string }> {
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...Object.entries({ connection: 'close', 'content-length': String(Buffer.byteLength(body)), ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
  ]
  const answer = await exchange(url, `${lines.join('\r\n')}\r\n\r\n${body}`)
  const end = answer.indexOf('\r\n\r\n')
  return { status: Number(answer.split(' ', 2)[1]), head: answer.slice(0, end), body: answer.slice(end + 4) }
}
