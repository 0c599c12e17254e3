/** What is measured, in this order. */

import type { Figure, Words } from './figure.js'
import { callFigures, mswFigures, otherFigures } from './figures/calls.js'
import { dataFolderFigures, uploadFigures } from './figures/folders.js'
import { jobFigures } from './figures/jobs.js'
import { mediaFigures, playFigures, recordFigures, searchFigures } from './figures/media.js'
import { accountFigures, memoryFigures, sizeFigures, startFigures } from './figures/start.js'

/** A part of the benchmark, by itself. */
export interface Section {
  title: Words
  /** What has to be known of it. */
  about?: Words
  measure: (quick: boolean) => Promise<Figure[]>
  /** When it is measured: when everything is, or only when it is named. Default: always. */
  when?: 'not quick' | 'named'
}

export const SECTIONS: Readonly<Record<string, Section>> = {
  calls: { title: { en: 'Calls', zh: '调用' }, measure: callFigures },
  msw: { title: { en: 'msw, in one process', zh: '同一进程中的 msw' }, measure: mswFigures },
  others: {
    title: { en: 'Other mock servers', zh: '其他模拟服务器' },
    about: {
      en: 'Each answers the same JSON to the same path, and is started as it is when nothing else is said; none of them checks a signature. Processor time is that of all their processes.',
      zh: '各服务器对同一路径应答同样的 JSON，以默认方式启动；它们都不校验签名。处理器时间包括其所有进程。',
    },
    measure: otherFigures,
    when: 'named',
  },
  start: { title: { en: 'Start', zh: '启动' }, measure: startFigures },
  memory: { title: { en: 'Memory', zh: '内存' }, measure: memoryFigures, when: 'not quick' },
  size: { title: { en: 'Size', zh: '大小' }, measure: sizeFigures, when: 'not quick' },
  accounts: { title: { en: 'Accounts and states', zh: '账号与状态' }, measure: accountFigures },
  records: { title: { en: 'Records', zh: '记录' }, measure: recordFigures },
  media: { title: { en: 'Lists of media', zh: '媒资列表' }, measure: mediaFigures, when: 'not quick' },
  search: { title: { en: 'Searches', zh: '搜索' }, measure: searchFigures, when: 'not quick' },
  plays: { title: { en: 'Plays', zh: '播放' }, measure: playFigures, when: 'not quick' },
  jobs: { title: { en: 'Jobs', zh: '任务' }, measure: jobFigures },
  folders: { title: { en: 'Data folders', zh: '数据目录' }, measure: dataFolderFigures, when: 'not quick' },
  uploads: { title: { en: 'Large files', zh: '大文件' }, measure: uploadFigures, when: 'not quick' },
}

/** The sections that are to be measured: those that are named, or the usual ones. Throws a `RangeError` if there is no such section. */
export function sectionsToMeasure(names: readonly string[], quick: boolean): string[] {
  for (const name of names)
    if (!Object.hasOwn(SECTIONS, name)) throw new RangeError(`there is no section "${name}"; there are ${Object.keys(SECTIONS).join(', ')}`)
  return Object.entries(SECTIONS).flatMap(([name, { when }]) =>
    (names.length > 0 ? names.includes(name) : when === undefined || (when === 'not quick' && !quick)) ? [name] : [],
  )
}
