/** What the tests of the proxy share: an emulator with one, and clients that go through it. */

import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../emulator/index.js'
import { testEmulator } from '../support/sdk.js'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** An emulator with a proxy that lets nothing out, unless told otherwise; it ends with the test. */
export async function proxied(options: EmulatorOptions = {}) {
  const emulator = await testEmulator({ proxy: 0, offline: true, settings: { limits: { enabled: false } }, ...options })
  onTestFinished(emulator.close)
  const { proxyUrl = '', certificate = '' } = emulator
  /** What the proxy has refused, as the call log has it. */
  const refused = () => emulator.cloud.account().log.find({ service: 'proxy' })
  return { ...emulator, proxyUrl, certificate, refused }
}

/** Sends a request with exactly this target and these headers to a proxy, as its clients do over http. */
export function ask(
  proxyUrl: string,
  { method = 'GET', target, headers = {}, body = '' }: { method?: string; target: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; message: string; rawHeaders: string[]; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(proxyUrl, { method, path: target, headers, agent: false }, async (response) => {
      const { statusCode = 0, statusMessage = '', rawHeaders } = response
      const text = Buffer.concat(await response.toArray()).toString()
      resolve({ status: statusCode, message: statusMessage, rawHeaders, headers: response.headers, body: text })
    })
    sent.on('error', reject).end(body)
  })
}
