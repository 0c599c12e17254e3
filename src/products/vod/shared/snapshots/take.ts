/** Taking snapshots. They all show the same, so that however many there are, one picture of each size is made, and one object stands for all of them. */

import type { Account } from '../../../../account/types.js'
import { frameImage, frameSample, sheetImage } from '../../../../media/images/frames.js'
import type { Size } from '../../../../media/images/pixels.js'
import { cellsOf } from '../../../../media/images/sheet.js'
import type { File } from '../media/file.js'
import { storeBytes, storeSample } from '../media/files.js'
import { newId } from '../media/new-id.js'
import { deleteSnapshots, type SnapshotSet, type SnapshotType, snapshotFile } from '../media/snapshot-set.js'
import type { Video } from '../media/video.js'
import type { SnapshotTemplateConfig } from '../templates/snapshot-config.js'
import type { Layout } from './layout.js'
import { webVtt } from './webvtt.js'

/** Files that are numbered from 1. */
type Files = Pick<SnapshotSet, 'bucket' | 'pattern' | 'count'>

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
    deleteSnapshots(account, sets)
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
  const { type, bucket } = set
  const pictures: Files = set.pictures ? { bucket, ...set.pictures } : set
  if (sheets && type !== 'SpriteOriginSnapshot') await storeSheets(account, pictures, times.length, sheets)
  else await storePictures(account, pictures, size)
  if (type !== 'WebVttSnapshot') return
  const nameOf = (number: number): string => nameIn(snapshotFile(pictures, number))
  const bytes = await webVtt({ times, duration: duration * 1000, nameOf, grid: sheets?.grid })
  await storeBytes(account, snapshotFile(set, 1), bytes)
}

const nameIn = ({ key }: File): string => key.slice(key.lastIndexOf('/') + 1)

async function storePictures(account: Account, set: Files, size: Size): Promise<void> {
  const first = snapshotFile(set, 1)
  const sample = frameSample(size)
  // A sample takes no room of its own.
  if (sample !== undefined) await storeSample(account, first, sample, set.count)
  else await storeBytes(account, first, await frameImage(size), set.count)
}

/** All sheets but the last one are full, and alike. */
async function storeSheets(
  account: Account,
  set: Files,
  pictures: number,
  { grid, background }: NonNullable<Layout['sheets']>,
): Promise<void> {
  const cells = cellsOf(grid)
  const [full, rest] = [Math.floor(pictures / cells), pictures % cells]
  if (full > 0) await storeBytes(account, snapshotFile(set, 1), await sheetImage(cells, grid, background), full)
  if (rest > 0) await storeBytes(account, snapshotFile(set, full + 1), await sheetImage(rest, grid, background))
}
