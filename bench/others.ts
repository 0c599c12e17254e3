/**
 * Other mock servers, as they come from npm: Prism, Mockoon and WireMock. They are installed into a folder of their own, and each answers the same JSON to the
 * same path.
 */

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ANSWER } from './answer.js'
import { emulatorWithJob, READS } from './calls.js'
import { type Server, startBare, startOther } from './server.js'
import { type Effort, type Load, measureInSlices } from './slices.js'

const FOLDER = resolve('bench/others')

/** How each is started, in a folder of its own, and at a port: as it is when nothing else is said, with nothing written to the disk. */
const OTHERS: Readonly<Record<string, (folder: string, port: number) => Promise<Server>>> = {
  Prism: (folder, port) => startPrism(folder, port),
  'Prism, logging nothing': (folder, port) => startPrism(folder, port, '--verboseLevel', 'silent'),
  Mockoon: (folder, port) => {
    const data = join(folder, 'mockoon.json')
    writeFileSync(data, JSON.stringify(mockoonEnvironment))
    const flags = ['--data', data, '--port', `${port}`, '--hostname', '127.0.0.1', '--repair', '--disable-log-to-file']
    return startOther(process.execPath, [installed('@mockoon/cli/bin/run.js'), 'start', ...flags], port)
  },
  WireMock: (folder, port) => {
    mkdirSync(join(folder, 'mappings'))
    writeFileSync(join(folder, 'mappings/bench.json'), JSON.stringify(wireMockMapping))
    const build = installed('wiremock/build')
    const jar = join(build, readdirSync(build).find((name) => name.endsWith('.jar')) ?? 'wiremock.jar')
    return startOther('java', ['-jar', jar, '--port', `${port}`, '--bind-address', '127.0.0.1', '--root-dir', folder], port)
  },
}

function startPrism(folder: string, port: number, ...flags: string[]): Promise<Server> {
  const document = join(folder, 'openapi.json')
  writeFileSync(document, JSON.stringify(openApi))
  const script = installed('@stoplight/prism-cli/dist/index.js')
  return startOther(process.execPath, [script, 'mock', document, '--port', `${port}`, ...flags], port)
}

/**
 * Microseconds of processor time per call, one figure for each round of slices: of a bare Fastify (`bare`), of a signed read of the emulator (`emulator`), and of
 * the others by their names. Those that cannot be started are named on stderr, and left out.
 */
export async function measureOthers(effort: Effort): Promise<Record<string, number[]>> {
  if (process.platform !== 'linux') throw new Error('Other servers are measured by /proc, which only Linux has.')
  install()
  const folder = mkdtempSync(join(tmpdir(), 'vod-viapi-emulator-others-'))
  const servers: Server[] = []
  const started = async (server: Promise<Server>): Promise<Server> => {
    servers.push(await server)
    return server
  }
  try {
    const bare = await started(startBare())
    const { server: emulator, jobId } = await emulatorWithJob()
    servers.push(emulator)
    const calls = (server: Server): Load => ({ server, calls: READS.GetAsyncJobResult(jobId)(server) })
    const loads: Record<string, Load> = { bare: calls(bare), emulator: calls(emulator) }
    for (const [name, start] of Object.entries(OTHERS)) {
      const own = join(folder, name)
      mkdirSync(own)
      try {
        const server = await started(start(own, await freePort()))
        const answer = await (await fetch(server.url)).json()
        if (!isDeepStrictEqual(answer, ANSWER)) throw new Error(`It answers ${JSON.stringify(answer)}.`)
        loads[name] = calls(server)
      } catch (error) {
        process.stderr.write(`${name} cannot be measured: ${error instanceof Error ? error.message : error}\n`)
      }
    }
    return await measureInSlices(loads, effort)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function install(): void {
  if (existsSync(join(FOLDER, 'node_modules'))) return
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] })
}

const installed = (path: string): string => join(FOLDER, 'node_modules', path)

const openApi = {
  openapi: '3.0.3',
  info: { title: 'bench', version: '1.0.0' },
  paths: { '/': { get: { responses: { 200: { description: 'the answer', content: { 'application/json': { example: ANSWER } } } } } } },
}

/** The least that Mockoon takes for an environment; it fills in the rest. */
const mockoonEnvironment = {
  uuid: 'b5a6e0a2-0000-4000-8000-000000000001',
  lastMigration: 33,
  name: 'bench',
  routes: [
    {
      uuid: 'b5a6e0a2-0000-4000-8000-000000000002',
      type: 'http',
      method: 'get',
      endpoint: '',
      responses: [
        {
          uuid: 'b5a6e0a2-0000-4000-8000-000000000003',
          default: true,
          statusCode: 200,
          headers: [{ key: 'Content-Type', value: 'application/json' }],
          bodyType: 'INLINE',
          body: JSON.stringify(ANSWER),
          disableTemplating: true,
        },
      ],
    },
  ],
  rootChildren: [{ type: 'route', uuid: 'b5a6e0a2-0000-4000-8000-000000000002' }],
}

const wireMockMapping = {
  request: { method: 'GET', urlPath: '/' },
  response: { status: 200, jsonBody: ANSWER, headers: { 'Content-Type': 'application/json' } },
}
