/** docs/conformance.md, in English and in Chinese: what is proven of the emulator, and what is not. */

import { kinds } from '../../conformance/cases/case.js'
import { choices, decide } from '../../conformance/compare/choices.js'
import { compare } from '../../conformance/compare/compare.js'
import { readFacts } from '../../conformance/facts/facts.js'
import { readBaseline } from '../../conformance/report/baseline.js'
import { totals } from '../../conformance/report/evidence.js'
import type { CloudDefinition } from '../../src/cloud/definition.js'
import type { ConformanceWords } from './conformance-words.js'

/** The page, in one of the languages. */
export function conformanceMarkdown({ catalogue }: Pick<CloudDefinition, 'catalogue'>, words: ConformanceWords): string {
  const baseline = readBaseline()
  const sums = totals(baseline.actions)
  const facts = readFacts()
  const { chosen } = decide(compare(catalogue.actions, facts), catalogue.actions)
  const rows = Object.entries(baseline.errors).flatMap(([action, codes]) =>
    Object.entries(codes).map(([code, by]) => ({ action, code, by })),
  )
  const count = (way: string): number => rows.filter(({ by }) => by === way).length
  const faultOnly = rows.filter(({ by }) => by === 'fault')
  const cases = Object.values(sums).reduce((sum, [, all]) => sum + all, 0)
  const used = kinds.filter((kind) => sums[kind] !== undefined)
  const lines = [
    `# ${words.title}`,
    '',
    words.other,
    '',
    ...words.introduction(cases, Object.keys(baseline.actions).length),
    '',
    `## ${words.evidence}`,
    '',
    table(
      words.kindColumns,
      used.map((kind) => [`\`${kind}\``, words.kinds[kind], sums[kind]?.[0] ?? 0, sums[kind]?.[1] ?? 0]),
    ),
    '',
    `## ${words.errors}`,
    '',
    words.errorCounts(rows.length, count('provoked'), count('fault'), count('open')),
    '',
    table(
      words.errorColumns,
      faultOnly.map(({ action, code }) => [
        action,
        `\`${code}\``,
        (catalogue.byId.get(action) ?? catalogue.services.get(action))?.errors[code]?.faultOnly ?? '',
      ]),
    ),
    '',
    `## ${words.choices}`,
    '',
    ...words.aboutChoices,
    '',
    table(
      words.choiceColumns,
      choices.map((choice) => [
        choice.source,
        choice.actions?.join(', ') ?? words.all,
        `\`${choice.what.source.replaceAll('|', '\\|')}\``,
        chosen.filter((each) => each.choice === choice).length,
        words.holds[choice.holds],
        choice.why,
      ]),
    ),
    '',
    `## ${words.unproven}`,
    '',
    ...words.notProven.map((line) => `- ${line}`),
    '',
    `## ${words.byAction}`,
    '',
    table(
      ['Action', ...used],
      Object.entries(baseline.actions).map(([action, evidence]) => [
        action,
        ...used.map((kind) => {
          const [passed, all] = evidence[kind] ?? [0, 0]
          return all === 0 ? '' : passed === all ? all : `${passed}/${all}`
        }),
      ]),
    ),
  ]
  return `${lines.join('\n')}\n`
}

const table = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
