/** Every Action of every service is called by both official clients, over HTTP, with its documented example in a world where it succeeds. */

import { expect, test } from 'vitest'
import { runClients } from '../../conformance/clients/run.js'
import { createCloud } from '../../src/index.js'

const services = [...createCloud().catalogue.services.keys()]

test.each(services)('every Action of %s', async (service) => {
  const { actions } = createCloud().catalogue
  const expected = actions
    .filter((action) => action.service.name === service)
    .flatMap(({ id }) => [`${id} pop-core`, `${id} openapi-client`])
  const results = await runClients((action) => action.service.name === service)
  expect(results.filter(({ fault }) => fault !== undefined)).toEqual([])
  expect(results.map(({ action, title }) => `${action} ${title}`)).toEqual(expected)
})
