/** The commands that record and replay, as their users run them. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_KEY } from '../../src/index.js'
import { runCommand } from '../support/process.js'
import { caller, folder, linesOf, recordingFile, writeLines } from './support.js'

/** A recording of two calls, made with the command. */
async function recorded(): Promise<string> {
  const file = recordingFile()
  const command = runCommand(['--port', '0', '--clock', 'manual', '--seed', 'a', '--record', file])
  const url = /http:\S+/.exec(await command.ready)?.[0] as string
  const call = caller(url, DEFAULT_KEY)
  await call('vod.CreateUploadVideo', { Title: 'film', FileName: 'film.mp4' })
  await call('vod.GetPlayInfo', { VideoId: 'none' })
  await fetch(`${url}/no-bucket/no-key`)
  command.child.kill('SIGTERM')
  await command.ended
  return file
}

const run = (...flags: string[]) => runCommand(['replay', ...flags]).ended

test('a recorded run replays: the replies one by one, or that they are identical, or the first difference', async () => {
  const file = await recorded()
  const [same, { code, stdout }, other] = await Promise.all([run(file, '--expect'), run(file), run(file, '--expect', '--seed', 'b')])
  expect(same).toEqual({ code: 0, stdout: '3 calls, identical\n', stderr: '' })

  expect(code).toBe(0)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^1 vod\.CreateUploadVideo 200 \{"RequestId":/),
    expect.stringMatching(/^2 vod\.GetPlayInfo 404 \{"RequestId":/),
    expect.stringMatching(/^3 GET \/no-bucket\/no-key 404 <\?xml .*<\/Error>$/),
    '3 calls',
    '',
  ])

  expect(other.code).toBe(1)
  expect(other.stdout).toMatch(
    /^call 1, vod\.CreateUploadVideo at 2026-01-01T00:00:00\.000Z: .* differs\n {2}recorded .*\n {2}replayed .*\n$/,
  )

  const lines = linesOf(file)
  writeLines(file, lines.slice(0, -1))
  writeFileSync(file, '{"type":"rep', { flag: 'a' })
  expect(await run(file, '--expect')).toEqual({
    code: 0,
    stdout: '3 calls, 2 of them with a recorded reply, identical\n',
    stderr: 'vod-viapi-emulator replay: the last line of the recording ends in the middle; everything before it was replayed\n',
  })
})

test('whoever has seen enough of the replies stops reading, as head does', async () => {
  const file = await recorded()
  const command = runCommand(['replay', file])
  command.child.stdout.destroy()
  expect(await command.ended).toMatchObject({ code: 0, stderr: '' })
})

test.each<[string, (file: string) => string[], RegExp]>([
  ['a file that is no recording', (file) => [file], /it is no recording/],
  ['a file that is not there', (file) => [`${file}.none`], /none/],
  ['an unknown flag', (file) => [file, '--expected'], /unknown option/],
  ['no file', () => [], /missing required argument/],
])('%s: exit code 2', async (_name, flagsOf, says) => {
  const file = join(folder(), 'notes.txt')
  writeFileSync(file, 'remember the milk\n')
  const { code, stdout, stderr } = await run(...flagsOf(file))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(says)
})
