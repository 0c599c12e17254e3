/**
 * Each Action is named in the tests of its service, and each error that it alone documents is where its tests are: those that are not are named here.
 * The tests of a service are in the folder of its name, or in that of a name with which the names of several services begin: `test/video`.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtIn } from '../../src/cloud/definition.js'

/** Lines between an Action and a code that belong to one test. */
const NEAR = 30

/** A file, line by line, without comments. */
type Lines = readonly string[]

const folders = readdirSync('test')

const testsOf = (service: string): Lines[] =>
  folders
    .filter((folder) => service.startsWith(folder))
    .flatMap((folder) => readdirSync(join('test', folder), { recursive: true, encoding: 'utf8' }).map((name) => join('test', folder, name)))
    .filter((path) => path.endsWith('.ts'))
    .map((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => line.replace(/^\s*(?:\/\/|\/?\*).*/, '')),
    )

const services = new Map([...builtIn.catalogue.services.keys()].map((name) => [name, testsOf(name)]))

/** Numbers of the lines that hold a name, and not just as a part of a longer one. */
function linesWith(lines: Lines, name: string): number[] {
  const whole = new RegExp(`(?<!\\w)${name.replaceAll('.', '\\.')}(?![\\w.])`)
  return lines.flatMap((line, index) => (whole.test(line) ? [index] : []))
}

const { actions } = builtIn.catalogue

test.each(actions.map(({ id, name, service }) => [id, name, service.name]))('%s has a test', (_id, name, service) => {
  const named = services.get(service)?.some((lines) => linesWith(lines, name).length > 0)
  expect(named, `no test in test/${service} names ${name}`).toBe(true)
})

/** Every error of an Action's own that some situation leads to. */
const own = actions.flatMap(({ name, service, errors }) =>
  Object.entries(errors)
    .filter(([code, { faultOnly }]) => faultOnly === undefined && !Object.hasOwn(service.errors, code))
    .map(([code]) => ({ name, code, service: service.name })),
)

test.each(own)('$name: $code has a test', ({ name, code, service }) => {
  const others = own.filter((each) => each.code === code && each.name !== name).map((each) => each.name)
  const found = services.get(service)?.some((lines) => {
    const codes = linesWith(lines, code)
    // What no other Action answers needs no name beside it; nor does what a file says that names no other.
    if (others.length === 0) return codes.length > 0
    const about = linesWith(lines, name)
    if (others.every((other) => linesWith(lines, other).length === 0)) return about.length > 0 && codes.length > 0
    return codes.some((line) => about.some((at) => Math.abs(line - at) <= NEAR))
  })
  expect(found, `no test in test/${service} leads ${name} to ${code}`).toBe(true)
})
