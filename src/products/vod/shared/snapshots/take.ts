/** Taking snapshots. They all show the same, so that however many there are, only one picture of each size is made. */

import type { Account } from '../../../../account/types.js'
import { yieldToOthers } from '../../../../base/clock.js'
import { FRAME_SAMPLE, frameImage, sheetImage } from '../../../../media/images/frames.js'
import type { Size } from '../../../../media/images/pixels.js'
import { cellsOf } from '../../../../media/images/sheet.js'
import type { StoredObject } from '../../../../oss/object.js'
import type { File } from '../media/file.js'
import { storeAgain, storeBytes, storeSample } from '../media/files.js'
import { newId } from '../media/new-id.js'
import { filesOfSnapshots, type SnapshotSet, type SnapshotType, snapshotFiles } from '../media/snapshot-set.js'
import type { Video } from '../media/video.js'
import type { SnapshotTemplateConfig } from '../templates/snapshot-config.js'
import type { Layout } from './layout.js'
import { webVtt } from './webvtt.js'

/** After so many objects, others get their turn. */
const AT_ONCE = 250

/** What snapshots are of, and for which job they are taken. */
export interface Subject {
  jobId: string
  video: Video
  /** Seconds. */
  duration: number
}

/** Takes snapshots: the sets are complete in OSS, and nothing knows of them yet. Where OSS refuses one, none is left. */
export async function takeSnapshots(
  account: Account,
  subject: Subject,
  type: SnapshotTemplateConfig['SnapshotType'] | 'CoverSnapshot',
  layout: Layout,
): Promise<SnapshotSet[]> {
  const sets = setsOf(account, subject, type, layout)
  try {
    for (const set of sets) await store(account, subject, set, layout)
    return sets
  } catch (error) {
    for (const { bucket, key } of sets.flatMap(filesOfSnapshots)) account.oss.delete(bucket, key)
    throw error
  }
}

/** The sets that a job takes, in the order in which their files come to be. */
function setsOf(account: Account, { jobId, video }: Subject, type: SnapshotType, { times, sheets, keepsPictures }: Layout): SnapshotSet[] {
  const stem = (folder: string): string => `${video.videoId}/${folder}/${newId(account)}-{SnapshotCount}`
  const set = (of: SnapshotType, count: number, pattern: string): SnapshotSet => ({
    jobId,
    type: of,
    count,
    bucket: video.file.bucket,
    pattern,
    createdAt: account.clock.now(),
  })
  const [count, sheetCount] = [times.length, sheets?.count ?? 0]
  if (type === 'CoverSnapshot') return [set(type, count, `${stem('covers')}.jpg`)]
  if (type === 'NormalSnapshot') return [set(type, count, `${stem('snapshots/normal')}.jpg`)]
  if (type === 'WebVttSnapshot') {
    const pattern = stem('snapshots/webvtt')
    return [{ ...set(type, 1, `${pattern}.vtt`), pictures: { count: sheets ? sheetCount : count, pattern: `${pattern}.jpg` } }]
  }
  const sprites = set('SpriteSnapshot', sheetCount, `${stem('snapshots/sprite')}.jpg`)
  return keepsPictures ? [set('SpriteOriginSnapshot', count, `${stem('snapshots/sprite-origin')}.jpg`), sprites] : [sprites]
}

async function store(account: Account, { duration }: Subject, set: SnapshotSet, layout: Layout): Promise<void> {
  const { times, size, sheets } = layout
  const { type, pictures, bucket } = set
  const files = snapshotFiles(pictures ? { bucket, ...pictures } : set)
  if (sheets && type !== 'SpriteOriginSnapshot') await storeSheets(account, files, times.length, sheets)
  else await storePictures(account, files, size)
  const [list] = snapshotFiles(set, 1)
  if (type !== 'WebVttSnapshot' || list === undefined) return
  const nameOf = (number: number): string => nameIn(files[number - 1] as File)
  const text = webVtt({ times, duration: duration * 1000, nameOf, grid: sheets?.grid })
  await storeBytes(account, list, Buffer.from(text))
}

const nameIn = ({ key }: File): string => key.slice(key.lastIndexOf('/') + 1)

async function storePictures(account: Account, files: readonly File[], size: Size): Promise<void> {
  const { name, width, height } = FRAME_SAMPLE
  const isSample = size.width === width && size.height === height
  await storeAll(account, files, async (file) =>
    isSample ? storeSample(account, file, name) : storeBytes(account, file, await frameImage(size)),
  )
}

/** All sheets but the last one are full, and alike. */
async function storeSheets(
  account: Account,
  files: readonly File[],
  pictures: number,
  { grid, background }: NonNullable<Layout['sheets']>,
): Promise<void> {
  const cells = cellsOf(grid)
  const full = Math.floor(pictures / cells)
  const storeSheet = (count: number) => async (file: File) => storeBytes(account, file, await sheetImage(count, grid, background))
  await storeAll(account, files.slice(0, full), storeSheet(cells))
  await storeAll(account, files.slice(full), storeSheet(pictures % cells))
}

/** Stores the first file, and has the others share its bytes. */
async function storeAll(account: Account, files: readonly File[], store: (file: File) => Promise<StoredObject>): Promise<void> {
  let first: StoredObject | undefined
  for (const [index, file] of files.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await yieldToOthers()
    if (first) await storeAgain(account, first, file)
    else first = await store(file)
  }
}
