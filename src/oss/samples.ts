/** Samples of fixtures/media as content of objects. */

import { sampleBytes } from '../fixtures.js'
import { Received } from './storage.js'

/** They are stored often, and are always the same: whoever stores one shares it, and it takes no room of its own. */
const samples = new Map<string, Received>()

/** A sample as if it had just arrived. */
export function receivedSample(name: string): Received {
  const received = samples.get(name) ?? Received.of(sampleBytes(name))
  samples.set(name, received)
  return received
}
