/** Starting an emulator: an HTTP server in front of a cloud. What a plain start does not need is loaded when it is asked for. */

import { lookup } from 'node:dns/promises'
import { existsSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { ZodError } from 'zod'
import { type OnBug, warnOfBug } from '../src/base/bugs.js'
import { type Cloud, type CloudOptions, createCloud, openCloud } from '../src/index.js'
import type { Access } from './control/access.js'
import type { Doors } from './doors.js'
import type { Logger } from './http/logger.js'
import type { Recorder, RecordOptions } from './record/recorder.js'
import { RecordingError } from './record/recording-error.js'
import { buildApp } from './server/app.js'
import { readState } from './state-file.js'
import { DataFolderError } from './store/data-folder-error.js'
import { namesOfContent } from './store/folder-names.js'
import { checkUpstream } from './upstream-option.js'
import { urlOf } from './url.js'

/** What to start an emulator with. */
export interface EmulatorOptions extends CloudOptions {
  /** Port to listen on; 0 takes a free one. Default 4010. */
  port?: number
  /** Address to listen on. Default 127.0.0.1. */
  host?: string
  /**
   * Folder that keeps everything across restarts; made if it is not there. What it holds counts more than other options. Default: nothing outlives
   * the emulator.
   */
  dataDir?: string
  /** Scenarios that are applied to the default account at the start, and again after each reset; by name, in order. */
  scenario?: readonly string[]
  /**
   * File with a state that the default account takes over at the start, and again after each reset: what `GET /_emulator/state?bytes=inline` has answered.
   * Default: none.
   */
  state?: string
  /** A pino logger. Default: none. */
  logger?: Logger
  /**
   * File to record all calls to, for {@link replay}; with an `upstream`, what that answers, without secrets, for {@link compare}. Default: nothing is
   * recorded.
   */
  record?: string
  /** Names of the host under which the control API answers, beside addresses, `localhost`, names without a dot, and the public URL's. */
  allowHosts?: readonly string[]
  /** Whether `x-forwarded-host` and `x-forwarded-proto` are believed: only where every request comes through a proxy that sets them. Default: no. */
  trustProxy?: boolean
  /**
   * Port of an HTTP proxy, 0 for any free one: clients that call the real hosts through it are answered by the cloud, over http and https. Default: there is
   * none.
   */
  proxy?: number
  /** Whether the proxy refuses hosts that are not emulated; else it lets them through. Default: where the variable `CI` is set. */
  offline?: boolean
  /**
   * Where the proxy forwards calls of the services to instead of answering them: `real` for the hosts themselves, or the base of a URL that stands for
   * all of them, such as that of another emulator. Default: the cloud answers.
   */
  upstream?: string
  /** Recording from an upstream, whose answers are given to calls of Actions that are not emulated. Default: none. */
  fallback?: string
  /** Whether TLS is spoken at the port, too: with a certificate of the user's own, or `true` for those of the emulator's authority. Default: no. */
  tls?: boolean | { cert: string; key: string }
  /** File to which the certificate of the authority is written. Default: none. */
  caFile?: string
  /** What every control call has to bring: `authorization: Bearer <token>`. Default: nothing. */
  controlToken?: string
}

/** A running emulator. */
export interface Emulator {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  url: string
  /** URL of the proxy, if there is one. */
  proxyUrl?: string
  /** Certificate of the authority that clients of the proxy, and of TLS, are to trust, as PEM; if there is one. */
  certificate?: string
  cloud: Cloud
  /** Stops listening, drops open connections, stores what there is to store, and ends the cloud. */
  close(): Promise<void>
}

/**
 * Starts an emulator; resolves once it listens. Rejects with a `RangeError` if a scenario cannot be applied or options do not go together, and with a `DataFolderError` if another
 * process has the data folder, or it cannot be read.
 */
export async function startEmulator({
  port = 4010,
  host = '127.0.0.1',
  scenario = [],
  dataDir,
  logger,
  record: file,
  allowHosts,
  controlToken,
  trustProxy,
  state: stateFile,
  proxy,
  offline,
  tls,
  caFile,
  upstream,
  fallback,
  ...options
}: EmulatorOptions = {}): Promise<Emulator> {
  const onBug = options.onBug ?? (logger ? (error: unknown, about: string) => logger.error({ err: error }, `bug in ${about}`) : warnOfBug)
  if (upstream !== undefined) checkUpstream(upstream, { proxy, offline })
  const state = stateFile === undefined ? undefined : await readState(stateFile)
  const resumed = dataDir !== undefined && holdsSomething(dataDir)
  const { cloud, end } = await begin(dataDir, { ...options, onBug })
  // What goes to an upstream is recorded there.
  const ownFile = upstream === undefined ? file : undefined
  const recorder = await recorderOf(cloud, ownFile, { scenario, state: resumed ? undefined : state })
    .then(async (begun) => {
      if (fallback !== undefined) await answerFrom(cloud, fallback)
      return begun
    })
    .catch((error: unknown) => end().then(() => Promise.reject(error)))
  const access: Access = {}
  const app = buildApp(cloud, { logger, recorder, access, guard: { allowHosts, token: controlToken }, trustProxy })
  let doors: Doors | undefined
  const close = async (): Promise<void> => {
    await doors?.close()
    await app.close()
    recorder?.close()
    await end()
  }
  try {
    const address = await addressOf(host)
    // Who asks for none of this need not wait for it.
    if (proxy !== undefined || caFile !== undefined || (tls ?? false) !== false) {
      const { openDoors } = await import('./doors.js')
      doors = await openDoors(app, cloud, { proxy, offline, tls, caFile, dataDir, allowHosts, address, logger, upstream, record: file })
      Object.assign(access, doors.access)
    }
    await app.listen({ port, host: address })
    const url = urlOf(app.server.address() as AddressInfo)
    cloud.addresses.own = url
    await cloud.account().startWith(scenario, { state, resumed })
    const { seed } = cloud.account().options
    if (options.seed !== undefined && String(options.seed) !== seed) logger?.warn(`the data folder has the seed "${seed}", which counts`)
    return { url, ...doors?.told, cloud, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The cloud, and what ends it. */
async function begin(
  dataDir: string | undefined,
  options: CloudOptions & { onBug: OnBug },
): Promise<{ cloud: Cloud; end: () => Promise<void> }> {
  if (dataDir === undefined) {
    const cloud = createCloud(options)
    return { cloud, end: () => cloud.close() }
  }
  const { openDataFolder } = await loadDatabase()
  const store = await openDataFolder(dataDir, (damage) => options.onBug(damage, 'reading the data folder'))
  try {
    const cloud = await openCloud(options, store)
    return { cloud, end: () => cloud.close().finally(() => store.close()) }
  } catch (error) {
    await store.close()
    // Options that cannot be are not the folder's fault.
    if (error instanceof RangeError || error instanceof ZodError) throw error
    throw new DataFolderError(`the data folder ${resolve(dataDir)} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** True for a data folder of an emulator that was here before. */
const holdsSomething = (folder: string): boolean => existsSync(folder) && namesOfContent(readdirSync(folder)).length > 0

/** Only who has a data folder needs the database, which is installed for it. */
async function loadDatabase() {
  try {
    return await import('./store/level.js')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new DataFolderError('a data folder needs the package classic-level, which is not installed: npm install classic-level', {
      cause: error,
    })
  }
}

/** Begins a recording, if there is to be one. */
async function recorderOf(cloud: Cloud, file: string | undefined, options: RecordOptions): Promise<Recorder | undefined> {
  if (file === undefined) return undefined
  const { record } = await import('./record/recorder.js')
  return record(cloud, file, options)
}

/** Has what was recorded answer calls of Actions that are not emulated. Rejects with a `RangeError` if it cannot be read. */
async function answerFrom(cloud: Cloud, file: string): Promise<void> {
  const { addFallback } = await import('./fallback/fallback.js')
  await addFallback(cloud, file).catch((error: Error) => {
    throw error instanceof RecordingError ? new RangeError(`fallback: ${error.message}`, { cause: error }) : error
  })
}

/** For `localhost`, Fastify would start a second server, which leaves requests for an upgrade without an answer. */
const addressOf = async (host: string): Promise<string> => (host === 'localhost' ? (await lookup(host, { verbatim: false })).address : host)
