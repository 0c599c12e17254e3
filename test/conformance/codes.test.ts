/** The codes that generated cases expect are rows of the manual: of the Action's own page, of the table of its service, or, where its page has no table, of another. */

import { expect, test } from 'vitest'
import { codeOf, codesOfAction, type Mistake } from '../../conformance/cases/codes.js'
import { outcomes } from '../../conformance/cases/special.js'
import { readFacts } from '../../conformance/facts/facts.js'
import { situations } from '../../conformance/situations/index.js'
import { gatewayErrors } from '../../src/base/gateway-errors.js'

const { manual, commonErrors } = readFacts()
const mistakes: readonly Mistake[] = ['missing', 'emptyUrl', 'malformed', 'format', 'value', 'length', 'url']

/** Where the manual has a row for a code: as near to an Action as there is one. */
function placeOf(action: string, code: string): 'own page' | 'service' | 'other page' | undefined {
  const service = action.split('.', 1)[0] ?? ''
  if (code in (manual.get(action)?.errors ?? {})) return 'own page'
  if (code in (commonErrors.get(service) ?? {})) return 'service'
  return [...manual].some(([id, { errors }]) => id.startsWith(`${service}.`) && code in errors) ? 'other page' : undefined
}

const rows = [...manual.keys()].flatMap((action) => [...new Set(codesOfAction(action))].map((code) => [action, code] as const))

test.each(rows)('%s: %s is a row of the manual', (action, code) => {
  expect(placeOf(action, code)).toBeDefined()
})

test.each([...commonErrors.keys()])('what %s expects of any parameter is in its table, or of the gateway', (service) => {
  const action = [...manual.keys()].find((id) => id.startsWith(`${service}.`)) ?? ''
  const codes = new Set(mistakes.map((mistake) => codeOf(action, 'Unlisted', mistake)))
  const known = { ...commonErrors.get(service), ...gatewayErrors }
  expect([...codes].filter((code) => !(code in known))).toEqual([])
})

test('what a page says of a parameter by its name is expected of that parameter', () => {
  const forgotten = [...manual].flatMap(([action, { params, errors }]) =>
    Object.keys(params).flatMap((param) =>
      Object.keys(errors)
        .filter((code) => code.startsWith(`Invalid${param}.`) || code === `InvalidParameter${param}`)
        .filter((code) => !mistakes.some((mistake) => codeOf(action, param, mistake) === code))
        .filter((code) => !situations.some((each) => each.action === action && each.code === code))
        .filter((code) => outcomes[`${action}.${param}`]?.code !== code)
        .map((code) => `${action} ${param}: ${code}`),
    ),
  )
  expect(forgotten).toEqual([])
})

test('every situation leads to a row of the manual', () => {
  const service = (action: string): string => action.split('.', 1)[0] ?? ''
  const strange = situations.filter(
    ({ action, code }) => placeOf(action, code) === undefined && !(code in (commonErrors.get(service(action)) ?? {})),
  )
  expect(strange.map(({ action, code }) => `${action} ${code}`)).toEqual([])
})
