/** The official SDKs, and an emulator to point them at. */

import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.js'

export { openApi, popCore, type SdkCall, type SdkTarget, sdks } from '../../conformance/clients/sdk.js'

// biome-ignore lint/suspicious/noExplicitAny: answers have all shapes
type Body = any

/** An emulator on a free port and a manual clock, with its control API as a function that brings its token along and answers status and body. */
export async function testEmulator(options: EmulatorOptions = {}) {
  const emulator: Emulator = await startEmulator({ port: 0, clock: 'manual', ...options })
  const control = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
    const response = await fetch(`${emulator.url}/_emulator${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(options.controlToken !== undefined && { authorization: `Bearer ${options.controlToken}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  return { ...emulator, control }
}
