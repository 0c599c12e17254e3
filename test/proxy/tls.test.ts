/** TLS at the port of the emulator, and the authority that signs its certificates. */

import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '../../emulator/index.js'
import { createAuthority } from '../../emulator/tls/authority.js'
import { runCommand } from '../support/process.js'
import { testEmulator } from '../support/sdk.js'
import { proxied, temporaryFolder } from './support.js'

/** What a server shows to a client that trusts `ca` and calls it `servername`; rejects if the client does not take it. */
async function shownBy(url: string, { servername, ca }: { servername?: string; ca: string }): Promise<PeerCertificate> {
  const { port } = new URL(url)
  const socket: TLSSocket = connect({ port: Number(port), host: '127.0.0.1', ca, ...(servername !== undefined && { servername }) })
  await once(socket, 'secureConnect')
  const shown = socket.getPeerCertificate()
  socket.destroy()
  return shown
}

describe('a port that speaks TLS', () => {
  test.each([
    ['a service', 'vod.cn-shanghai.aliyuncs.com', 'DNS:vod.cn-shanghai.aliyuncs.com'],
    ['a bucket', 'my-bucket.oss-cn-beijing.aliyuncs.com', 'DNS:my-bucket.oss-cn-beijing.aliyuncs.com'],
    ['the machine', 'localhost', 'DNS:localhost'],
    ['a container', 'emulator', 'DNS:emulator'],
    ['what was allowed', 'emulator.example.com', 'DNS:emulator.example.com'],
    ['its address, to who names nothing', undefined, 'IP Address:127.0.0.1'],
  ])('shows a certificate for %s', async (_what, servername, expected) => {
    const { url, certificate } = await proxied({ tls: true, allowHosts: ['emulator.example.com'] })
    const shown = await shownBy(url, { ca: certificate, ...(servername !== undefined && { servername }) })
    expect(shown.subjectaltname).toBe(expected)
  })

  test('shows none for a host of somebody else', async () => {
    const { url, certificate } = await proxied({ tls: true })
    await expect(shownBy(url, { ca: certificate, servername: 'bank.example' })).rejects.toThrow(/altnames/)
  })

  test('speaks HTTP as before', async () => {
    const { url } = await proxied({ tls: true })
    expect((await fetch(`${url}/_emulator/health`)).status).toBe(200)
  })

  test("shows the user's certificate, whoever is called", async () => {
    const folder = temporaryFolder()
    const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
    const { certificate, key } = await createAuthority()
    writeFileSync(files.cert, certificate)
    writeFileSync(files.key, key)
    const { url } = await proxied({ tls: files })
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    expect(socket.getPeerCertificate().fingerprint256).toBe(new X509Certificate(certificate).fingerprint256)
    socket.destroy()
  })

  test('does not begin with a certificate that cannot be used', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.pem'), 'none')
    const files = { cert: join(folder, 'a.pem'), key: join(folder, 'b.pem') }
    await expect(startEmulator({ port: 0, tls: files })).rejects.toThrow(/the certificate .*a\.pem with the key .*b\.pem cannot be used/)
  })
})

describe('the authority', () => {
  test('is told under /_emulator, and written to a file', async () => {
    const file = join(temporaryFolder(), 'ca.pem')
    const { url, certificate } = await proxied({ caFile: file })
    const told = await fetch(`${url}/_emulator/ca.pem`)
    expect([told.status, told.headers.get('content-type')]).toEqual([200, 'application/x-pem-file'])
    expect([await told.text(), readFileSync(file, 'utf8')]).toEqual([certificate, certificate])
  })

  test('is not there where nobody has asked for it, and neither is a proxy', async () => {
    const emulator = await testEmulator()
    onTestFinished(emulator.close)
    expect(emulator).not.toHaveProperty('proxyUrl')
    for (const path of ['/ca.pem', '/proxy.pac']) expect((await emulator.control('GET', path)).status).toBe(404)
  })

  test('is another one in each run without a data folder', async () => {
    const [first, second] = [await proxied(), await proxied()]
    expect(first.certificate).not.toBe(second.certificate)
    await expect(shownBy((await proxied({ tls: true })).url, { ca: first.certificate, servername: 'localhost' })).rejects.toThrow()
  })

  test('of a data folder stays, and its key is for its owner alone', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const start = () => startEmulator({ port: 0, proxy: 0, tls: true, dataDir })
    const first = await start()
    await first.close()
    const again = await start()
    onTestFinished(again.close)
    expect(again.certificate).toBe(first.certificate)
    expect(readFileSync(join(dataDir, 'ca.pem'), 'utf8')).toBe(first.certificate)
    expect(statSync(join(dataDir, 'ca-key.pem')).mode & 0o777).toBe(0o600)
    await shownBy(again.url, { ca: first.certificate as string, servername: 'localhost' })
  })

  test.each([
    ['is none', () => 'what is no key'],
    ['has the key of another', async () => (await createAuthority()).key + (await createAuthority()).certificate],
  ])('that %s is not used', async (_what, contentOf) => {
    const dataDir = join(temporaryFolder(), 'data')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'ca-key.pem'), await contentOf())
    await expect(startEmulator({ port: 0, proxy: 0, dataDir })).rejects.toThrow(/the certificate authority .*ca-key\.pem cannot be used/)
  })

  test('is printed by the command, which makes it before there is an emulator', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const printed = await runCommand(['ca', '--data-dir', dataDir]).ended
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    const certificate = readFileSync(join(dataDir, 'ca.pem'), 'utf8')
    expect(printed.stdout).toContain(certificate)
    for (const name of ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'])
      expect(printed.stdout).toContain(`${name}=${join(dataDir, 'ca.pem')}`)
    // All that is printed is a certificate still.
    const emulator = await startEmulator({ port: 0, tls: true, dataDir })
    onTestFinished(emulator.close)
    await shownBy(emulator.url, { ca: printed.stdout, servername: 'localhost' })
    expect(emulator.certificate).toBe(certificate)
  })

  test('cannot be printed without a folder', async () => {
    expect(await runCommand(['ca']).ended).toMatchObject({ code: 2, stderr: expect.stringContaining('--data-dir') })
  })
})

describe('the script for browsers', () => {
  test('sends emulated hosts and play domains through the proxy, and nothing else', async () => {
    const settings = { limits: { enabled: false }, vod: { domains: [{ name: 'play.example.com' }] } }
    const { url, proxyUrl } = await proxied({ settings })
    const script = await (await fetch(`${url}/_emulator/proxy.pac`)).text()
    const find = new Function(`${script}; return FindProxyForURL`)() as (url: string, host: string) => string
    const through = `PROXY ${new URL(proxyUrl).host}`
    const found = (host: string) => find(`https://${host}/`, host)
    for (const host of ['vod.cn-shanghai.aliyuncs.com', 'a.oss-cn-shanghai.aliyuncs.com', 'PLAY.example.com', 'gosspublic.alicdn.com'])
      expect([host, found(host)]).toEqual([host, through])
    for (const host of ['example.com', 'notaliyuncs.com', 'localhost', 'x.play.example.com'])
      expect([host, found(host)]).toEqual([host, 'DIRECT'])
  })
})
