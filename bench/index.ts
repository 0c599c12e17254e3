/** `npm run bench`: the figures as a table, or with `--json` as JSON. */

import { type Kept, measureKept } from './kept.js'
import { measureMedia } from './media.js'
import { measurePlays } from './plays.js'
import { type Cost, measureRecords } from './records.js'
import { measureSearch } from './search.js'
import { measureAccount, measureStart } from './start.js'
import { measureStates } from './state.js'
import { measureThroughput } from './throughput.js'
import { measureTranscoding } from './transcoding.js'
import { measureUploads, type Upload } from './upload.js'

const start = await measureStart()
const throughput = await measureThroughput()
const accountMicroseconds = measureAccount()
const kept = await measureKept()
const states = await measureStates()
const { page, ...records } = measureRecords()
const media = await measureMedia()
const search = await measureSearch()
const plays = await measurePlays()
const transcoding = await measureTranscoding()
const uploads = await measureUploads()

if (process.argv.includes('--json')) {
  process.stdout.write(
    `${JSON.stringify({ throughput, start, accountMicroseconds, kept, states, records: { ...records, page }, media, search, plays, transcoding, uploads }, undefined, 2)}\n`,
  )
} else {
  const row = (figure: string, value: string, aim = ''): string => `${figure.padEnd(46)} ${value.padStart(14)}   ${aim}\n`
  const whole = (value: number, unit: string): string => `${Math.round(value).toLocaleString('en')} ${unit}`
  const transfer = (what: string, { rate, idle, peak }: Upload): string =>
    row(`${what}, speed`, whole(rate, 'MB/s')) + row(`${what}, memory beyond idle`, whole(peak - idle, 'MB'), 'at most 100 MB')
  const stored = (what: string, { without, with: withFolder }: Kept): string =>
    row(what, `${without.toFixed(0)} µs`) + row(`${what}, with a data folder`, `${withFolder.toFixed(0)} µs`)
  const recordsOf = ([operation, { microseconds, ratio }]: [string, Cost]): string =>
    row(`record ${operation}, of 100 / 10,000 / 100,000`, `${microseconds.map((each) => each.toFixed(2)).join(' / ')} µs`) +
    row(`record ${operation}, the slowest against 100`, ratio.toFixed(2), 'at most 3')
  const listOf = ([name, milliseconds]: [string, number[]]): string =>
    row(
      name,
      `${milliseconds.map((each) => each.toFixed(2)).join(' / ')} ms`,
      `of 100,000 at most ${name.endsWith('all of them)') ? 100 : 20} ms`,
    )
  const named = (what: string, lists: Record<string, number[]>): [string, number[]][] =>
    Object.entries(lists).map(([name, milliseconds]) => [`${what} ${name}`, milliseconds])
  process.stdout.write(
    [
      row('figure (median)', 'measured', 'aim'),
      row('bare Fastify', whole(throughput.bare, 'calls/s')),
      row('signed call, signature 1.0', whole(throughput.rpc, 'calls/s')),
      row('signed call, ACS3', whole(throughput.acs3, 'calls/s')),
      row('signature 1.0 against bare Fastify', throughput.ratio.toFixed(2), 'at least 0.35'),
      row('ACS3 against bare Fastify', throughput.acs3Ratio.toFixed(2), 'at least 0.35'),
      row('bare Fastify, start to first answer', whole(start.bareMs, 'ms')),
      row('emulator, start to first answered call', whole(start.emulatorMs, 'ms')),
      row('start against bare Fastify', start.ratio.toFixed(2), 'at most 2.5'),
      row('bare Fastify, memory after first answer', whole(start.bareMemory, 'MB')),
      row('emulator, memory after first answered call', whole(start.emulatorMemory, 'MB')),
      row('fresh account in process', `${accountMicroseconds.toFixed(0)} µs`, 'less than 1,000 µs'),
      stored('signed call, one at a time', kept.call),
      stored('signed call, of 16 at a time', kept.callOfMany),
      stored('object of 1,000 bytes put, one at a time', kept.put),
      row('1,000 media, saving a snapshot', `${states.save.toFixed(1)} ms`, 'a few ms'),
      row('1,000 media, restoring a snapshot', `${states.restore.toFixed(1)} ms`, 'a few ms'),
      row('1,000 media, a fork and its end', `${states.fork.toFixed(1)} ms`, 'a few ms'),
      ...Object.entries(records).map(recordsOf),
      row('ten of 50,000 records, newest first', `${page.newest.toFixed(2)} ms`, 'at most 20 ms'),
      row('ten of 50,000 records, sorted by a time', `${page.sorted.toFixed(2)} ms`, 'at most 20 ms'),
      ...named('videos', media).map(listOf),
      ...named('search', search).map(listOf),
      row('a million plays, each', `${plays.play.toFixed(1)} µs`),
      row('a million plays, memory', whole(plays.memory, 'MB')),
      ...Object.entries(plays.queries).map(([action, ms]) => row(action, `${ms.toFixed(2)} ms`, 'at most 20 ms')),
      row('1,000 transcoding jobs, ten at a time', whole(transcoding.inLine, 'ms'), 'less than 1,000 ms'),
      row('1,000 transcoding jobs of one video at once', whole(transcoding.ofOneVideo, 'ms'), 'less than 1,000 ms'),
      row('10,000 transcoding jobs at once', whole(transcoding.atOnce, 'ms'), 'less than 5,000 ms'),
      row('another account meanwhile, the longest answer', whole(transcoding.longestWait, 'ms'), 'less than 100 ms'),
      transfer('1 GiB put', uploads.put),
      transfer('1 GiB in parts', uploads.parts),
      transfer('1 GiB download', uploads.download),
    ].join(''),
  )
}
