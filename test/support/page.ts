/** Pages of the documentation, as tests try them. */

import { readFileSync } from 'node:fs'

/** The code blocks of a page in a language, in order. */
export const blocksOf = (path: string, language: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) => code)

/** A call of the control API. */
export interface ControlCall {
  method: string
  path: string
  // biome-ignore lint/suspicious/noExplicitAny: pages show bodies of all shapes
  body: any
}

/** A call of the control API, from the cURL line that a page shows. */
export function controlCall(code: string): ControlCall {
  const [, method = '', path = ''] = /-X (\w+) http:\/\/127\.0\.0\.1:4010\/_emulator(\S+)/.exec(code) ?? []
  const [, body = ''] = /-d '(.*)'/s.exec(code) ?? []
  return { method, path, body: JSON.parse(body) }
}

/** Runs a block with what it takes for granted; resolves to the constants that are named. */
export function runBlock(code: string, given: Record<string, unknown>, answers: readonly string[] = []): Promise<Record<string, unknown>> {
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...values: unknown[]) => Promise<Record<string, unknown>>
  return new AsyncFunction(...Object.keys(given), `${code}\nreturn { ${answers.join(', ')} }`)(...Object.values(given))
}
