/** A part of an MP4 file, cut out without encoding anything (ISO/IEC 14496-12). */

/** A file with more samples in all of its tracks is not cut: a few bytes of its tables can stand for any number of them. */
const MAX_SAMPLES = 200_000

/** The same of tracks, and of boxes in one box. */
const MAX_TRACKS = 32
const MAX_BOXES = 1000

/** A box: its type, and where in the file its content is. */
interface Box {
  type: string
  start: number
  end: number
}

/** What is played at one instant of a track. */
interface Sample {
  offset: number
  size: number
  /** In units of the track's timescale, as all times here. */
  time: number
  duration: number
  /** How much later it is shown than it is decoded. */
  shift: number
  /** It can be decoded without those before it. */
  sync: boolean
}

interface Track {
  box: Box
  timescale: number
  samples: Sample[]
  isVideo: boolean
}

/**
 * What is played from `from` to `to`, in seconds, as a file of its own. The picture begins with the last frame before it that can be decoded alone, and
 * the sound with it. `undefined` of what is no MP4 file with an index, or has nothing there.
 */
export function clipMp4(file: Buffer, from: number, to: number): Buffer | undefined {
  try {
    const boxes = boxesIn(file, 0, file.length)
    const movie = find(boxes, 'moov')
    if (movie === undefined || find(boxes, 'mdat') === undefined || inside(file, movie, 'mvex')) return undefined
    const tracks = readTracks(file, movie)
    if (tracks.every((track) => lengthOf(track) <= from * track.timescale)) return undefined
    const picture = tracks.find(({ isVideo }) => isVideo)
    const begin = picture ? syncBefore(picture, from) : from
    for (const track of tracks) track.samples = track.samples.filter(within(track, begin, to))
    if (tracks.length === 0 || tracks.every(({ samples }) => samples.length === 0)) return undefined
    const type = find(boxes, 'ftyp')
    return assemble(file, type ? [file.subarray(type.start - 8, type.end)] : [], movie, tracks)
  } catch (error) {
    // Where the tables lead out of the file.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function boxesIn(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end; ) {
    const small = file.readUInt32BE(at)
    const header = small === 1 ? 16 : 8
    const size = small === 1 ? Number(file.readBigUInt64BE(at + 8)) : small === 0 ? end - at : small
    if (size < header || at + size > end) throw new RangeError('a box leads out of the one that it is in')
    if (boxes.length === MAX_BOXES) throw new RangeError('there are too many boxes in one')
    boxes.push({ type: file.toString('latin1', at + 4, at + 8), start: at + header, end: at + size })
    at += size
  }
  return boxes
}

const find = (boxes: readonly Box[], type: string): Box | undefined => boxes.find((box) => box.type === type)

/** The box at the end of a path of types. */
function inside(file: Buffer, { start, end }: Box, ...types: string[]): Box | undefined {
  const [first = '', ...rest] = types
  const box = find(boxesIn(file, start, end), first)
  return box === undefined || rest.length === 0 ? box : inside(file, box, ...rest)
}

function needed(file: Buffer, box: Box, ...types: string[]): Box {
  const found = inside(file, box, ...types)
  if (found === undefined) throw new RangeError(`there is no ${types.join('/')}`)
  return found
}

function readTracks(file: Buffer, movie: Box): Track[] {
  const boxes = boxesIn(file, movie.start, movie.end).filter(({ type }) => type === 'trak')
  if (boxes.length > MAX_TRACKS) throw new RangeError('there are too many tracks')
  let left = MAX_SAMPLES
  return boxes.map((box) => {
    const track = readTrack(file, box, left)
    left -= track.samples.length
    return track
  })
}

/** A track of at most so many samples. */
function readTrack(file: Buffer, box: Box, most: number): Track {
  const header = needed(file, box, 'mdia', 'mdhd').start
  const timescale = file.readUInt32BE(header + (file[header] === 1 ? 20 : 12))
  const handler = needed(file, box, 'mdia', 'hdlr').start
  const isVideo = file.toString('latin1', handler + 8, handler + 12) === 'vide'
  if (timescale === 0) throw new RangeError('the timescale is 0')
  return { box, timescale, isVideo, samples: readSamples(file, needed(file, box, 'mdia', 'minf', 'stbl'), most) }
}

/** The numbers of a table: after its version, and so many bytes more, their count and then that many rows. */
function rowsOf(file: Buffer, box: Box | undefined, columns: number, skipped = 0): number[][] {
  if (box === undefined) return []
  const at = box.start + 4 + skipped
  const count = file.readUInt32BE(at)
  if (count > MAX_SAMPLES) throw new RangeError('a table is too long')
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (__, column) => file.readUInt32BE(at + 4 + (row * columns + column) * 4)),
  )
}

function readSamples(file: Buffer, table: Box, most: number): Sample[] {
  const sizes = sizesOf(file, needed(file, table, 'stsz'))
  if (sizes.length > most) throw new RangeError('there are too many samples')
  const offsets = offsetsOf(file, table, sizes)
  const durations = runsOf(rowsOf(file, needed(file, table, 'stts'), 2), sizes.length)
  const shifts = runsOf(rowsOf(file, inside(file, table, 'ctts'), 2), sizes.length)
  const syncTable = inside(file, table, 'stss')
  const syncs = syncTable && new Set(rowsOf(file, syncTable, 1).map(([number]) => number))
  let time = 0
  return sizes.map((size, index) => {
    const duration = durations[index] ?? 0
    const sample = {
      offset: offsets[index] as number,
      size,
      time,
      duration,
      shift: shifts[index] ?? 0,
      sync: syncs?.has(index + 1) ?? true,
    }
    time += duration
    return sample
  })
}

function sizesOf(file: Buffer, { start, end, type }: Box): number[] {
  const common = file.readUInt32BE(start + 4)
  if (common === 0) return rowsOf(file, { start, end, type }, 1, 4).map(([size]) => size as number)
  const count = file.readUInt32BE(start + 8)
  if (count > MAX_SAMPLES) throw new RangeError('a table is too long')
  return Array<number>(count).fill(common)
}

/** A value for each of so many samples, of pairs of how many have it and what it is. */
function runsOf(rows: readonly number[][], length: number): number[] {
  const values: number[] = []
  for (const [count = 0, value = 0] of rows) for (let each = 0; each < count && values.length < length; each++) values.push(value)
  return values
}

/** Where each sample is: chunk by chunk, one behind the other. */
function offsetsOf(file: Buffer, table: Box, sizes: readonly number[]): number[] {
  const large = inside(file, table, 'co64')
  const chunks = large
    ? rowsOf(file, large, 2).map(([high = 0, low = 0]) => high * 2 ** 32 + low)
    : rowsOf(file, needed(file, table, 'stco'), 1).map(([offset]) => offset as number)
  const runs = rowsOf(file, needed(file, table, 'stsc'), 3)
  const offsets: number[] = []
  let run = 0
  for (const [index, chunk] of chunks.entries()) {
    while ((runs[run + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= index + 1) run++
    let offset = chunk
    for (let each = 0; each < (runs[run]?.[1] ?? 0) && offsets.length < sizes.length; each++) {
      offsets.push(offset)
      offset += sizes[offsets.length - 1] as number
    }
  }
  if (offsets.length < sizes.length) throw new RangeError('samples are in no chunk')
  return offsets
}

/** Seconds at which the last frame before an instant begins that can be decoded alone. */
function syncBefore({ samples, timescale }: Track, seconds: number): number {
  const last = samples.findLast(({ sync, time }) => sync && time / timescale <= seconds)
  return (last?.time ?? 0) / timescale
}

const within =
  ({ timescale }: Track, from: number, to: number) =>
  ({ time }: Sample): boolean =>
    time >= from * timescale && time < to * timescale

/** The file type, the index, and the samples of all tracks in the order in which they were. */
function assemble(file: Buffer, before: readonly Buffer[], movie: Box, tracks: readonly Track[]): Buffer {
  const all = tracks.flatMap(({ samples }) => samples).sort((a, b) => a.offset - b.offset)
  const payload = all.reduce((sum, { size }) => sum + size, 0)
  const places = new Map<Sample, number>()
  // The index has the same size wherever the samples are.
  const indexSize = movieOf(file, movie, tracks, places).length
  let at = before.reduce((sum, { length }) => sum + length, 0) + indexSize + 8
  for (const sample of all) {
    places.set(sample, at)
    at += sample.size
  }
  // Samples may be in the same place; but what they are is in the file once.
  if (payload > file.length) throw new RangeError('there is more in the part than in the whole')
  if (at >= 2 ** 32) throw new RangeError('the part is too large')
  const pieces = all.map(({ offset, size }) => {
    if (offset + size > file.length) throw new RangeError('a sample leads out of the file')
    return file.subarray(offset, offset + size)
  })
  return Buffer.concat([...before, movieOf(file, movie, tracks, places), header('mdat', payload), ...pieces])
}

function header(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(length + 8)
  bytes.write(type, 4, 'latin1')
  return bytes
}

function boxOf(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([header(type, body.length), body])
}

/** A box with what `change` makes of the boxes in it; `undefined` leaves one out. */
function rewritten(file: Buffer, { type, start, end }: Box, change: (box: Box) => Buffer | undefined): Buffer {
  return boxOf(type, ...boxesIn(file, start, end).flatMap((box) => change(box) ?? []))
}

const copyOf = (file: Buffer, { type, start, end }: Box): Buffer => boxOf(type, file.subarray(start, end))

const lengthOf = ({ samples }: Track): number => samples.reduce((sum, { duration }) => sum + duration, 0)

function movieOf(file: Buffer, movie: Box, tracks: readonly Track[], places: ReadonlyMap<Sample, number>): Buffer {
  const head = needed(file, movie, 'mvhd').start
  const timescale = file.readUInt32BE(head + (file[head] === 1 ? 20 : 12))
  const inMovie = (track: Track): number => Math.round((lengthOf(track) / track.timescale) * timescale)
  const longest = Math.max(...tracks.map(inMovie))
  return rewritten(file, movie, (box) => {
    if (box.type === 'mvhd') return withDuration(file, box, longest, 16, 24)
    const track = tracks.find((each) => each.box.start === box.start)
    return track ? trackOf(file, track, inMovie(track), places) : copyOf(file, box)
  })
}

/** A header with another duration, which is at one of two places by its version. */
function withDuration(file: Buffer, box: Box, duration: number, at0: number, at1: number): Buffer {
  const bytes = Buffer.from(file.subarray(box.start, box.end))
  if (bytes[0] === 1) bytes.writeBigUInt64BE(BigInt(duration), at1)
  else bytes.writeUInt32BE(duration, at0)
  return boxOf(box.type, bytes)
}

function trackOf(file: Buffer, track: Track, inMovie: number, places: ReadonlyMap<Sample, number>): Buffer {
  return rewritten(file, track.box, (box) => {
    // What it says of the beginning does not hold for another one.
    if (box.type === 'edts') return undefined
    if (box.type === 'tkhd') return withDuration(file, box, inMovie, 20, 28)
    if (box.type !== 'mdia') return copyOf(file, box)
    return rewritten(file, box, (inner) => {
      if (inner.type === 'mdhd') return withDuration(file, inner, lengthOf(track), 16, 24)
      if (inner.type !== 'minf') return copyOf(file, inner)
      return rewritten(file, inner, (part) => (part.type === 'stbl' ? tablesOf(file, part, track, places) : copyOf(file, part)))
    })
  })
}

/** A table: version and flags, fields before the rows if there are any, how many rows, and these. */
function tableOf(type: string, rows: readonly (readonly number[])[], fields: readonly number[] = []): Buffer {
  const numbers = [0, ...fields, rows.length, ...rows.flat()]
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, index * 4)
  return boxOf(type, bytes)
}

/** The tables of a track, with a chunk for each sample. */
function tablesOf(file: Buffer, table: Box, { samples }: Track, places: ReadonlyMap<Sample, number>): Buffer {
  const description = needed(file, table, 'stsd')
  const syncs = samples.flatMap(({ sync }, index) => (sync ? [[index + 1]] : []))
  return boxOf(
    'stbl',
    copyOf(file, description),
    tableOf('stts', runs(samples.map(({ duration }) => duration))),
    ...(samples.some(({ shift }) => shift !== 0) ? [tableOf('ctts', runs(samples.map(({ shift }) => shift)))] : []),
    ...(syncs.length < samples.length ? [tableOf('stss', syncs)] : []),
    tableOf('stsc', samples.length > 0 ? [[1, 1, 1]] : []),
    tableOf(
      'stsz',
      samples.map(({ size }) => [size]),
      [0],
    ),
    tableOf(
      'stco',
      samples.map((sample) => [places.get(sample) ?? 0]),
    ),
  )
}

/** Pairs of how many values are the same, and which. */
function runs(values: readonly number[]): number[][] {
  const pairs: [number, number][] = []
  for (const value of values) {
    const last = pairs.at(-1)
    if (last?.[1] === value) last[0]++
    else pairs.push([1, value])
  }
  return pairs
}
