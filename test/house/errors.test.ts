/** Each error that an Action alone documents has a test in the folder of its service, which names the Action and its code close to each other. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtIn } from '../../src/cloud/definition.js'

/** Lines between an Action and a code that belong to one test. */
const NEAR = 30

/** Each line of the tests of a service, without comments. */
function linesOf(service: string): string[] {
  const folder = join('test', service)
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
  return files.flatMap((name) => [
    ...readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .map((line) => line.replace(/^\s*(?:\/\/|\/?\*).*/, '')),
    // What stands at the end of one file is not close to what stands at the beginning of the next.
    ...Array<string>(NEAR).fill(''),
  ])
}

/** Numbers of the lines that hold a name, and not just as a part of a longer one. */
function linesWith(lines: readonly string[], name: string): number[] {
  const whole = new RegExp(`(?<!\\w)${name.replaceAll('.', '\\.')}(?![\\w.])`)
  return lines.flatMap((line, index) => (whole.test(line) ? [index] : []))
}

const services = new Map([...builtIn.catalogue.services.keys()].map((name) => [name, linesOf(name)]))

const own = builtIn.catalogue.actions.flatMap(({ name, service, errors }) =>
  Object.entries(errors)
    .filter(([code, { faultOnly }]) => faultOnly === undefined && !Object.hasOwn(service.errors, code))
    .map(([code]) => [name, code, service.name] as const),
)

test.each(own)('%s: %s has a test in test/%s', (name, code, service) => {
  const lines = services.get(service) ?? []
  const about = linesWith(lines, name)
  const close = linesWith(lines, code).some((line) => about.some((other) => Math.abs(line - other) <= NEAR))
  expect(close, `no test of ${name} provokes ${code}`).toBe(true)
})
