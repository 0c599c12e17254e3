/**
 * A disk that an emulator's own objects have filled, again and again: a file system in memory, which only root can make.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { TIMES } from '../support/fuzz.js'
import { BUCKET, folder } from './durable-support.js'
import { type Check, control, lostOf, start, type Target, writes } from './killed-support.js'

const ROUNDS = TIMES

/** Megabytes of the disk. */
const SIZE = 48

/** Bytes of the objects that fill the disk: what is left behind the large ones, the small ones take. */
const SIZES = [400_000, 40_000, 4000, 40]

/** Refusals in a row after which there is no room for more of a size. */
const ENOUGH = 5

/** A file system of its own in a folder; `undefined` where none can be made. */
function smallDisk(): string | undefined {
  const path = folder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}m`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', path]))
  const dataDir = join(path, 'data')
  mkdirSync(dataDir)
  return dataDir
}

/** What was written, and how to look for it. */
interface Written {
  /** Names of objects that were written to fill the disk. */
  fillers: string[]
  checks: { what: string; check: Check }[]
}

/** Writes objects that fill the disk, and everything else that can be written, until nothing is taken any more. */
async function fill(target: Target, numbers: { next: number }, uploadId: string): Promise<Written> {
  const done: Written = { fillers: [], checks: [] }
  for (const size of SIZES) {
    const client = async (): Promise<void> => {
      for (let refused = 0; refused < ENOUGH; ) {
        const number = numbers.next++
        const write = writes[number % writes.length] as (typeof writes)[number]
        try {
          await target.oss.put(`filler-${number}`, Buffer.alloc(size, `${number} `))
          done.fillers.push(`filler-${number}`)
          done.checks.push({ what: `${write.name} ${number}`, check: await write(target, number, uploadId) })
          refused = 0
        } catch (error) {
          // A disk that is full is the only thing that goes wrong.
          expect(String((error as { code?: string }).code ?? error)).toMatch(/InternalError|answered 500/)
          refused++
        }
      }
    }
    await Promise.all(Array.from({ length: 4 }, client))
  }
  return done
}

it(`is full ${ROUNDS} times: what makes room works, it stops, and it starts again with all that it had acknowledged`, async ({ skip }) => {
  const dataDir = smallDisk()
  if (dataDir === undefined) return skip('a file system of its own takes root')
  const checks: { what: string; check: Check }[] = []
  const numbers = { next: 1 }
  let emulator = await start(dataDir)
  await control(emulator.target.url, 'PUT', '/settings', { limits: { enabled: false } })
  await emulator.target.oss.putBucket(BUCKET)
  const { uploadId } = await emulator.target.oss.initMultipartUpload('parts')
  for (let round = 1; round <= ROUNDS; round++) {
    const { target, child, ended } = emulator
    const first = await fill(target, numbers, uploadId)
    for (const name of first.fillers.splice(0, 5)) await target.oss.delete(name)
    const second = await fill(target, numbers, uploadId)
    expect(second.fillers.length).toBeGreaterThan(0)
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code, stderr.slice(-2000)).toBe(0)
    emulator = await start(dataDir)
    for (const name of [...first.fillers, ...second.fillers]) await emulator.target.oss.delete(name)
    checks.push(...first.checks, ...second.checks)
    const lost = await lostOf(emulator.target, checks)
    if (TIMES > 1) console.log(`round ${round}: ${checks.length} writes acknowledged so far, ${lost.length} lost`)
    expect(lost).toEqual([])
  }
})
