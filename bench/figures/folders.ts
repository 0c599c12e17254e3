/** Data folders and large files. */

import { atMost, type Figure } from '../figure.js'
import { type Kept, measureKept } from '../kept.js'
import { quartiles } from '../statistics.js'
import { measureUploads, type Upload } from '../upload.js'

const stored = (en: string, zh: string, { without, with: withFolder }: Kept): Figure => ({
  what: { en: `${en}, without / with a data folder`, zh: `${zh}，无 / 有数据目录` },
  values: [quartiles(without), quartiles(withFolder)],
  unit: 'µs',
})

/** What it costs to keep everything. */
export async function dataFolderFigures(): Promise<Figure[]> {
  const { call, callOfMany, put } = await measureKept()
  return [
    stored('signed call, one at a time', '签名调用，逐个进行', call),
    stored('signed call, of 16 at a time', '签名调用，16 个并行', callOfMany),
    stored('object of 1,000 bytes put, one at a time', '上传 1,000 字节的对象，逐个进行', put),
  ]
}

const transfer = (en: string, zh: string, { rate, idle, peak }: Upload): Figure[] => [
  { what: { en: `${en}, speed`, zh: `${zh}，速度` }, values: [rate], unit: 'MB/s' },
  { what: { en: `${en}, memory beyond idle`, zh: `${zh}，空闲之外的内存` }, values: [peak - idle], unit: 'MB', ...atMost(100) },
]

/** A gibibyte, in one piece, in parts, and back. */
export async function uploadFigures(): Promise<Figure[]> {
  const { put, parts, download } = await measureUploads()
  return [
    ...transfer('1 GiB put', '一次上传 1 GiB', put),
    ...transfer('1 GiB in parts', '分片上传 1 GiB', parts),
    ...transfer('1 GiB download', '下载 1 GiB', download),
  ]
}
