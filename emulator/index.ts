/** The emulator: an HTTP server in front of a cloud. */

import type { AddressInfo } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { type Cloud, type CloudOptions, createCloud } from '../src/index.js'
import { buildApp } from './app.js'

/** What to start an emulator with. */
export interface EmulatorOptions extends CloudOptions {
  /** Port to listen on; 0 takes a free one. Default 4010. */
  port?: number
  /** Address to listen on. Default 127.0.0.1. */
  host?: string
  /** A pino logger. Default: none. */
  logger?: FastifyBaseLogger
}

/** A running emulator. */
export interface Emulator {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  url: string
  cloud: Cloud
  /** Stops listening, drops open connections and ends the cloud. */
  close(): Promise<void>
}

/** Starts an emulator; resolves once it listens. */
export async function startEmulator({ port = 4010, host = '127.0.0.1', logger, ...options }: EmulatorOptions = {}): Promise<Emulator> {
  const onBug = options.onBug ?? ((error: unknown, about: string) => logger?.error({ err: error }, `bug in ${about}`))
  const cloud = createCloud({ ...options, onBug })
  const app = buildApp(cloud, logger)
  await app.listen({ port, host })
  const url = urlOf(app.server.address() as AddressInfo)
  cloud.publicUrl ??= url
  return {
    url,
    cloud,
    async close() {
      await app.close()
      cloud.dispose()
    },
  }
}

/** An address that listens everywhere is reached on the loopback. */
function urlOf({ address, port, family }: AddressInfo): string {
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `http://${family === 'IPv6' && reachable === address ? `[${address}]` : reachable}:${port}`
}
