/** The ways into an emulator beside HTTP at its own port: the proxy, and TLS. Loaded when one is asked for. */

import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Cloud } from '../src/index.js'
import type { Access } from './control/access.js'
import type { Logger } from './http/logger.js'
import { buildProxy } from './proxy/proxy.js'
import { openAuthority } from './tls/authority-files.js'
import type { CertificateFiles } from './tls/certificates.js'
import { speakTls } from './tls/port.js'
import { openUpstream } from './upstream/upstream.js'
import { urlOf } from './url.js'

/** What is asked for; the same as in the options of an emulator. */
export interface DoorOptions {
  proxy: number | undefined
  offline: boolean | undefined
  tls: boolean | CertificateFiles | undefined
  caFile: string | undefined
  dataDir: string | undefined
  allowHosts: readonly string[] | undefined
  /** Address to listen on. */
  address: string
  logger: Logger | undefined
  upstream: string | undefined
  /** File to record to what an upstream answers. */
  record: string | undefined
}

/** Open doors. */
export interface Doors {
  /** What the control API says of them. */
  access: Access
  /** What who has started the emulator is told of them. */
  told: { proxyUrl?: string; certificate?: string }
  close(): Promise<void>
}

/** Opens what is asked for; `app` does not listen yet. Rejects with a `RangeError` if files cannot be read or written, and as listening does. */
export async function openDoors(app: FastifyInstance, cloud: Cloud, options: DoorOptions): Promise<Doors> {
  const { proxy: port, offline = isSet(process.env.CI), tls = false, caFile, dataDir, allowHosts = [], address, logger } = options
  const files = typeof tls === 'object' ? tls : undefined
  const authority = await openAuthority(dataDir)
  const { certificate } = authority
  if (caFile !== undefined) writeCertificate(caFile, certificate)
  if (tls !== false) {
    const endSilent = speakTls(app.server, cloud, { files, authority, allowHosts })
    app.addHook('preClose', async () => endSilent())
  }
  if (port === undefined) return { access: { certificate }, told: { certificate }, close: async () => {} }
  const upstream = options.upstream === undefined ? undefined : openUpstream(cloud, { upstream: options.upstream, record: options.record })
  const proxy = buildProxy(cloud, { authority, offline, emulatorUrl: () => cloud.addresses.own ?? '', logger, upstream })
  await proxy.listen({ port, host: address })
  const listening = proxy.server.address() as AddressInfo
  return {
    access: { certificate, proxyPort: listening.port },
    told: { certificate, proxyUrl: urlOf(listening) },
    close: async () => {
      await proxy.close()
      await upstream?.close()
    },
  }
}

/** Of a variable that says yes or no, every service for CI says `true`. */
const isSet = (variable: string | undefined): boolean => variable !== undefined && !/^(?:|0|false|no)$/i.test(variable)

function writeCertificate(file: string, certificate: string): void {
  try {
    writeFileSync(file, certificate)
  } catch (error) {
    throw new RangeError(`the certificate cannot be written to ${file}: ${(error as Error).message}`, { cause: error })
  }
}
