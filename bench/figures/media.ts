/** Records and lists, however many there are. */

import { atMost, type Figure } from '../figure.js'
import { measureMedia } from '../media.js'
import { measurePlays } from '../plays.js'
import { measureRecords } from '../records.js'
import { measureSearch } from '../search.js'
import type { Spread } from '../statistics.js'

const OPERATIONS = { get: '读取', put: '写入', update: '更新', delete: '删除', list: '按索引列出' } as const

const SIZES = { en: 'of 100 / 10,000 / 100,000', zh: '100 / 10,000 / 100,000 条中' }

/** Single records, of 100, 10,000 and 100,000. */
export async function recordFigures(): Promise<Figure[]> {
  const { page, ...records } = measureRecords()
  return [
    ...(Object.entries(OPERATIONS) as [keyof typeof OPERATIONS, string][]).flatMap(([operation, zh]): Figure[] => [
      {
        what: { en: `record ${operation}, ${SIZES.en}`, zh: `记录${zh}，${SIZES.zh}` },
        values: records[operation].microseconds,
        unit: 'µs',
      },
      {
        what: { en: `record ${operation}, the slowest size against 100`, zh: `记录${zh}，最慢的规模与 100 条之比` },
        values: [records[operation].ratio],
        unit: '×',
        ...atMost(3),
      },
    ]),
    {
      what: { en: 'ten of 50,000 records, newest first', zh: '50,000 条记录中最新的十条' },
      values: [page.newest],
      unit: 'ms',
      ...atMost(20),
    },
    {
      what: { en: 'ten of 50,000 records, sorted by a time', zh: '50,000 条记录按时间排序后的十条' },
      values: [page.sorted],
      unit: 'ms',
      ...atMost(20),
    },
  ]
}

/** Lists in Chinese, by their names. */
const LISTS: Readonly<Record<string, string>> = {
  'of a category': '某一分类',
  'of a status': '某一状态',
  'of a storage, oldest first': '某一存储，最旧的在先',
  'of two statuses (all of them)': '两种状态（全部视频）',
  'of category, status and storage': '分类、状态与存储',
  'of all, a page of 100 far behind': '全部视频，靠后的一页 100 个',
  'of a time (looks at all of them)': '某一时段（逐个查看）',
  'one VideoId': '一个 VideoId',
  'by category and status': '按分类与状态',
  'by category and status, sorted by change': '按分类与状态，以修改时间排序',
  'the newest (all of them)': '最新的（全部视频）',
  'the last changed (all of them)': '最近修改的（全部视频）',
  'by title and size (all of them)': '按标题与大小（全部视频）',
}

const lists = (en: string, zh: string, measured: Readonly<Record<string, Spread[]>>): Figure[] =>
  Object.entries(measured).map(([name, values]) => ({
    what: { en: `${en} ${name}, ${SIZES.en}`, zh: `${zh}：${LISTS[name] ?? name}，${SIZES.zh}` },
    values,
    unit: 'ms',
    ...atMost(name.endsWith('all of them)') ? 100 : 20),
  }))

/** Lists of 100, 10,000 and 100,000 videos. */
export const mediaFigures = async (): Promise<Figure[]> => lists('videos', '视频列表', await measureMedia())

/** Searches among as many. */
export const searchFigures = async (): Promise<Figure[]> => lists('search', '搜索', await measureSearch())

/** A million plays. */
export async function playFigures(): Promise<Figure[]> {
  const { play, memory, queries } = await measurePlays()
  return [
    { what: { en: 'a million plays, each', zh: '一百万次播放，平均每次' }, values: [play], unit: 'µs' },
    { what: { en: 'a million plays, memory', zh: '一百万次播放所占的内存' }, values: [memory], unit: 'MB' },
    ...Object.entries(queries).map(([what, value]): Figure => ({ what, values: [value], unit: 'ms', ...atMost(20) })),
  ]
}
