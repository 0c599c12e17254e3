/** The ways in which code that is tested reaches a cloud: msw and undici in its own process, and HTTP. */

import { setupServer } from 'msw/node'
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { startEmulator } from '../../emulator/index.js'
import { emulatorDispatcher } from '../../emulator/undici/index.js'
import { type Cloud, type CloudOptions, createCloud } from '../../src/index.js'
import { mswHandlers } from '../../src/msw.js'

/** An open door. */
export interface Door {
  cloud: Cloud
  /** Base URL that a client of a service is configured with. */
  endpoint: (service: string) => string
  close: () => Promise<void>
}

/** Opens a cloud behind msw. */
export async function openMsw(options: CloudOptions): Promise<Door> {
  const cloud = createCloud(options)
  const server = setupServer(...mswHandlers(cloud))
  server.listen({ onUnhandledRequest: 'error' })
  return {
    cloud,
    endpoint: (service) => `https://${cloud.catalogue.services.get(service)?.host}`,
    async close() {
      server.close()
      cloud.dispose()
    },
  }
}

/** Opens a cloud behind undici's global dispatcher, which Node's own `fetch` goes by, too. */
export async function openUndici(options: CloudOptions): Promise<Door> {
  const cloud = createCloud(options)
  const before = getGlobalDispatcher()
  const dispatcher = emulatorDispatcher(cloud)
  setGlobalDispatcher(dispatcher)
  return {
    cloud,
    endpoint: (service) => `https://${cloud.catalogue.services.get(service)?.host}`,
    async close() {
      setGlobalDispatcher(before)
      cloud.dispose()
      await dispatcher.destroy()
    },
  }
}

/** Opens a cloud behind an emulator on a free port. */
export async function openHttp(options: CloudOptions): Promise<Door> {
  const { cloud, url, close } = await startEmulator({ port: 0, ...options })
  return { cloud, endpoint: () => url, close }
}

/** All of them, by the name a table of tests shows. */
export const doors: readonly {
  door: string
  open: (options: CloudOptions) => Promise<Door>
  /** Whether the official SDKs come in by it, as `fetch` does: they are built on `node:http`, which undici has no part in. */
  sdks: boolean
}[] = [
  { door: 'msw, at the production endpoint', open: openMsw, sdks: true },
  { door: 'undici, at the production endpoint', open: openUndici, sdks: false },
  { door: 'HTTP, at an emulator', open: openHttp, sdks: true },
]

/** Those by which the official SDKs come in. */
export const sdkDoors = doors.filter(({ sdks }) => sdks)
