/** A control call that has to succeed. */

import assert from 'node:assert/strict'

/** Sends JSON, and answers the JSON that comes back; fails with it where the call is refused. */
export async function replied(url: string, method: string, body: unknown): Promise<unknown> {
  const reply = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const answer = await reply.text()
  assert.ok(reply.ok, `${reply.status} ${answer}`)
  return answer === '' ? undefined : JSON.parse(answer)
}
