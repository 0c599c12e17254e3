/** The two ways in which code that is tested reaches a cloud: msw in its own process, and HTTP. */

import { setupServer } from 'msw/node'
import { startEmulator } from '../../emulator/index.js'
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

/** Opens a cloud behind an emulator on a free port. */
export async function openHttp(options: CloudOptions): Promise<Door> {
  const { cloud, url, close } = await startEmulator({ port: 0, ...options })
  return { cloud, endpoint: () => url, close }
}

/** Both, by the name a table of tests shows. */
export const doors: readonly { door: string; open: (options: CloudOptions) => Promise<Door> }[] = [
  { door: 'msw, at the production endpoint', open: openMsw },
  { door: 'HTTP, at an emulator', open: openHttp },
]
