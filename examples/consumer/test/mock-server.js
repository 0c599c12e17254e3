/** Tests against Pact's mock server. */

import { setTimeout } from 'node:timers/promises'

/**
 * Runs a test against the mock server that an interaction starts, and lets the server finish its notes.
 * It answers a moment before it notes that it was asked (https://github.com/pact-foundation/pact-core-mock-server/issues/13); on a busy
 * machine Pact would read them too soon, and say that the request was never received.
 */
export const against = (interaction, run) =>
  interaction.executeTest(async (server) => {
    const result = await run(server)
    for (let tries = 0; tries < 200 && !interaction.pact.mockServerMatchedSuccessfully(server.port); tries++) await setTimeout(10)
    return result
  })
