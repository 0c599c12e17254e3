/** The figures of a soak, for people: as rows while it goes on, and as tables in docs/soak.md and its translation. */

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Sample } from './emulator.js'
import type { Done } from './load.js'
import { type Judgement, measures } from './verdict.js'

/** What was found. */
export interface Findings {
  seconds: number
  samples: readonly Sample[]
  judgements: readonly Judgement[]
  counts: Done & { calls: number; callbacks: number }
}

const cellsOf = (sample: Sample): string[] => [
  String(sample.second),
  String(sample.calls),
  ...Object.values(measures).map(({ of, shown }) => shown(of(sample))),
]

/** A sample as one line. */
export const rowOf = (sample: Sample): string =>
  ['second', 'calls', ...Object.values(measures).map(({ what }) => what)]
    .map((what, index) => `${what} ${cellsOf(sample)[index]}`)
    .join(', ')

/** What stands in the tables of a page, in its language. */
interface Words {
  counts: Readonly<Record<keyof Findings['counts'], string>>
  measures: Readonly<Record<string, string>>
  heads: { second: string; calls: string; what: string; before: string; after: string; allowed: string; verdict: string; count: string }
  flat: string
  grown: string
  machine: (version: string, cores: number, seconds: number) => string
}

const english: Words = {
  counts: {
    calls: 'calls',
    callbacks: 'event notifications',
    sessions: 'accounts',
    uploads: 'uploads',
    jobs: 'jobs',
    forks: 'forks',
    resets: 'resets',
  },
  measures: Object.fromEntries(Object.entries(measures).map(([name, { what }]) => [name, what])),
  heads: {
    second: 'second',
    calls: 'calls',
    what: 'what',
    before: 'after the warm-up',
    after: 'at the end',
    allowed: 'growth that is none',
    verdict: 'verdict',
    count: 'how many',
  },
  flat: 'flat',
  grown: 'grown',
  machine: (version, cores, seconds) => `${seconds} seconds with Node.js ${version}, on ${cores} cores:`,
}

const chinese: Words = {
  counts: { calls: '调用', callbacks: '事件通知', sessions: '账号', uploads: '上传', jobs: '任务', forks: '分叉', resets: '重置' },
  measures: {
    heap: '堆',
    external: '堆以外',
    resident: '常驻内存',
    resources: '活动资源',
    openFiles: '打开的文件与套接字',
    files: '数据目录中的文件',
    stored: '数据目录的字节数',
  },
  heads: {
    second: '秒',
    calls: '调用',
    what: '项目',
    before: '预热之后',
    after: '结束时',
    allowed: '不算增长的幅度',
    verdict: '结论',
    count: '次数',
  },
  flat: '平稳',
  grown: '增长',
  machine: (version, cores, seconds) => `Node.js ${version}，${cores} 个核，${seconds} 秒：`,
}

const PAGES: Readonly<Record<string, Words>> = { 'docs/soak.md': english, 'docs/zh/soak.md': chinese }

const BEGIN = '<!-- figures -->'
const END = '<!-- end: figures -->'

/** Writes the figures into the pages. */
export function writePages(findings: Findings): void {
  for (const [path, words] of Object.entries(PAGES)) {
    const page = readFileSync(path, 'utf8')
    const [before, rest] = page.split(BEGIN)
    const after = rest?.split(END)[1]
    if (before === undefined || after === undefined) throw new Error(`${path} has no place for figures`)
    writeFileSync(path, `${before}${BEGIN}\n\n${tables(findings, words)}\n${END}${after}`)
  }
}

function tables({ seconds, samples, judgements, counts }: Findings, words: Words): string {
  const { heads } = words
  const names = Object.keys(measures)
  const verdicts = judgements.map(({ before, after, allowed, flat }, index) => [
    words.measures[names[index] as string] as string,
    before,
    after,
    allowed,
    flat ? words.flat : words.grown,
  ])
  const did = Object.entries(counts).map(([name, count]) => [words.counts[name as keyof Findings['counts']], String(count)])
  return [
    words.machine(process.versions.node, cpus().length, seconds),
    table([heads.what, heads.count], did),
    table([heads.what, heads.before, heads.after, heads.allowed, heads.verdict], verdicts),
    table([heads.second, heads.calls, ...names.map((name) => words.measures[name] as string)], samples.map(cellsOf)),
  ].join('\n\n')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
    .concat('\n')
