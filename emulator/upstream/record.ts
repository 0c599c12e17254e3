/** Recording what an upstream answers, for `compare` and `--fallback`: in the format of recordings, without secrets. */

import pkg from '../../package.json' with { type: 'json' }
import { machineNow } from '../../src/base/clock.js'
import { FORMAT, VERSION } from '../record/format.js'
import { Lines } from '../record/lines.js'
import type { Kept } from './exchange.js'

/** A recording that is being made. */
export interface ForwardedRecording {
  /** Adds an exchange; `broken`: what went wrong on the way. */
  add(kept: Kept, number: number, broken: string | undefined): void
  close(): void
}

/** Begins a recording; an older file of that name is overwritten. Throws an `Error` if it cannot be written. */
export function recordForwarded(file: string, upstream: string, onBug: (error: unknown, about: string) => void): ForwardedRecording {
  const startedAt = machineNow()
  const lines = new Lines(file, onBug, () => ({
    format: FORMAT,
    version: VERSION,
    package: pkg.version,
    startedAt,
    upstream,
    cloud: {},
    scenario: [],
  }))
  return {
    add({ receivedAt, call, body, bodySize, answer }, number, broken) {
      const { method, host, path, query, headers, secure } = call
      const left = body === undefined && bodySize > 0 ? bodySize : undefined
      lines.add({
        type: 'call',
        call: number,
        receivedAt,
        method,
        host,
        path,
        query,
        headers: headers as Record<string, string>,
        ...(secure && { secure }),
        bodySize: left,
        body: bodySize > 0 ? body : undefined,
      })
      if (answer) lines.add({ type: 'reply', call: number, ...answer, rest: broken === undefined ? {} : { broken } })
    },
    close: () => lines.close(),
  }
}
