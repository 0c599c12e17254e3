/**
 * Each Action is named in the tests of its service, and each error that it alone documents close to its name: those that are not are named here. The
 * tests of a service are in the folder of its name, or in that of a name with which the names of several services begin: `test/video`.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtIn } from '../../src/cloud/definition.js'

/** Lines between an Action and a code that belong to one test. */
const NEAR = 30

const folders = readdirSync('test')

/** Each line of the tests of a service, without comments. */
const linesOf = (service: string): string[] =>
  folders
    .filter((folder) => service.startsWith(folder))
    .flatMap((folder) => readdirSync(join('test', folder), { recursive: true, encoding: 'utf8' }).map((name) => join('test', folder, name)))
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.replace(/^\s*(?:\/\/|\/?\*).*/, '')),
      // What stands at the end of one file is not close to what stands at the beginning of the next.
      ...Array<string>(NEAR).fill(''),
    ])

/** Numbers of the lines that hold a name, and not just as a part of a longer one. */
function linesWith(lines: readonly string[], name: string): number[] {
  const whole = new RegExp(`(?<!\\w)${name.replaceAll('.', '\\.')}(?![\\w.])`)
  return lines.flatMap((line, index) => (whole.test(line) ? [index] : []))
}

const services = new Map([...builtIn.catalogue.services.keys()].map((name) => [name, linesOf(name)]))

test.each(builtIn.catalogue.actions.map(({ id, name, service }) => [id, name, service.name]))('%s has a test', (_id, name, service) => {
  expect(linesWith(services.get(service) ?? [], name), `no test in test/${service} names ${name}`).not.toEqual([])
})

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
