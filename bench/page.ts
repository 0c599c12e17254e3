/** docs/benchmarks.md, in English and in Chinese. */

import { writeFileSync } from 'node:fs'
import { shareOfAim } from './figure.js'
import type { Measured } from './measured.js'
import { SECTIONS, type Section } from './sections.js'
import { aimText, type Language, measuredText, quartilesText, reachedText, wordsIn } from './text.js'

/** Writes both pages. */
export function writePages(measured: Readonly<Record<string, Measured>>): void {
  writeFileSync('docs/benchmarks.md', pageOf(measured, 'en'))
  writeFileSync('docs/zh/benchmarks.md', pageOf(measured, 'zh'))
}

function pageOf(measured: Readonly<Record<string, Measured>>, language: Language): string {
  const words = WORDS[language]
  const sections = Object.entries(SECTIONS).flatMap(([name, section]) => (measured[name] ? [{ section, measured: measured[name] }] : []))
  return [
    `# ${words.title}`,
    words.other,
    words.introduction,
    summaryOf(sections, language),
    ...sections.map((each) => sectionOf(each, language)),
  ]
    .join('\n\n')
    .concat('\n')
}

interface MeasuredSection {
  section: Section
  measured: Measured
}

/** How many aims are reached, and which are not. */
function summaryOf(sections: readonly MeasuredSection[], language: Language): string {
  const { reached, missed, miss } = WORDS[language]
  const aims = sections.flatMap(({ section, measured }) =>
    measured.figures.flatMap((figure) => (figure.aim ? [{ title: wordsIn(section.title, language), figure }] : [])),
  )
  const lines = aims
    .filter(({ figure }) => (shareOfAim(figure) ?? 1) < 1)
    .map(({ title, figure }) => miss(title, wordsIn(figure.what, language), measuredText(figure), aimText(figure, language)))
  return [reached(aims.length, aims.length - lines.length), ...(lines.length > 0 ? [missed, lines.join('\n')] : [])].join('\n\n')
}

function sectionOf({ section: { title, about }, measured }: MeasuredSection, language: Language): string {
  const { columns, measuredWith } = WORDS[language]
  const { node, cores, quick, figures } = measured
  const rows = figures.map((figure) => [
    wordsIn(figure.what, language),
    measuredText(figure),
    quartilesText(figure, language),
    aimText(figure, language),
    reachedText(figure, language),
  ])
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  const text = [...(about ? [wordsIn(about, language)] : []), measuredWith(node, cores, quick)].join(language === 'en' ? ' ' : '')
  return [`## ${wordsIn(title, language)}`, text, table.join('\n')].join('\n\n')
}

const WORDS: Readonly<
  Record<
    Language,
    {
      title: string
      other: string
      introduction: string
      columns: readonly string[]
      reached: (aims: number, reached: number) => string
      missed: string
      miss: (section: string, what: string, measured: string, aim: string) => string
      measuredWith: (node: string, cores: number, quick: boolean) => string
    }
  >
> = {
  en: {
    title: 'Benchmarks',
    other: '[中文](zh/benchmarks.md)',
    introduction: `\`npm run bench\` measures most of this; \`npm run bench -- --quick\` takes less than two minutes, \`npm run bench -- calls start\` measures two sections, and
\`npm run bench -- others\` measures other mock servers, which it installs into \`bench/others/\`. \`--write\` keeps the figures and writes this page, section by section; \`--gate\`
fails if a figure reaches less than 85 % of its aim; of one that has never reached it, less than 85 % of what stands here.

What a call costs is processor time of the server's whole process, all threads included: it does not depend on the client, and hardly on what else the machine does.
Requests are signed before they are measured, each with a nonce of its own. The servers are measured in one run, in slices that follow in random order; medians count,
and comparisons are made slice by slice. *The check* is a Fastify that does no more than check signature, timestamp and nonce, as fast as that can be
(\`bench/minimal.ts\`). Time by the clock on the wall, and memory, are those of the machine: compare them with figures of the same section only. Where a row has several
values, its aim is about the last.`,
    columns: ['what', 'measured', 'quartiles', 'aim', 'result'],
    reached: (aims, reached) => `${reached} of ${aims} aims are reached.`,
    missed: 'Not reached are:',
    miss: (section, what, measured, aim) => `- ${section}: ${what}: ${measured}, aim: ${aim}`,
    measuredWith: (node, cores, quick) => `With Node.js ${node}, on ${cores} cores${quick ? '; measured with `--quick`' : ''}.`,
  },
  zh: {
    title: '性能测量',
    other: '[English](../benchmarks.md)',
    introduction: `\`npm run bench\` 测量下列大部分项目；\`npm run bench -- --quick\` 用时不到两分钟，\`npm run bench -- calls start\` 只测两节，\`npm run bench -- others\` 测量其他模拟服务器，
并将其安装到 \`bench/others/\`。\`--write\` 逐节保存数据并写出本页；\`--gate\` 在某项未达目标的 85 % 时以失败结束；从未达到目标的项目，则以未达本页数据的 85 % 为准。

调用的开销是服务器整个进程（含全部线程）的处理器时间：与客户端无关，也几乎不受机器上其他工作的影响。请求在测量之前签名，各有自己的随机数（nonce）。各服务器在同一次运行中
测量，分片按随机次序进行；以中位数为准，比较逐片进行。“单纯的签名校验”是一个只校验签名、时间戳与随机数的 Fastify，已尽可能地快（\`bench/minimal.ts\`）。按挂钟计的时间与内存
取决于机器：只应与同一节的数据比较。一行有多个值时，目标针对最后一个。`,
    columns: ['项目', '测得', '四分位数', '目标', '结果'],
    reached: (aims, reached) => `${aims} 个目标中达到 ${reached} 个。`,
    missed: '未达到的有：',
    miss: (section, what, measured, aim) => `- ${section}：${what}：${measured}，目标：${aim}`,
    measuredWith: (node, cores, quick) => `Node.js ${node}，${cores} 核${quick ? '；以 `--quick` 测量' : ''}。`,
  },
}
