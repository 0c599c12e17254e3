import { Client, Pool, fetch as ufetch, getGlobalDispatcher, request, setGlobalDispatcher, stream, pipeline } from 'undici'
import { expect, test } from 'vitest'
import { emulatorConnector, emulatorDispatcher } from '../../emulator/undici/index.js'
import { createCloud } from '../../src/index.js'
import { startEmulator } from '../../emulator/index.js'

test('x', async () => {
  const cloud = createCloud({ clock: 'manual', onBug: console.error })
  setGlobalDispatcher(emulatorDispatcher(cloud))
  const url = 'https://videoseg.cn-shanghai.aliyuncs.com/'
  const r = await request(url)
  console.log(r.statusCode, r.headers, await r.body.text())
  console.log((await fetch(url)).status, (await ufetch(url)).status)
  console.log(await (await fetch('https://ecs.aliyuncs.com')).text())
  const { handle } = cloud
  for (const connection of ['reset', { resetAfter: 3 }, 'hang'] as const) {
    cloud.handle = async (c) => ({ ...(await handle(c)), connection })
    await request(url, { headersTimeout: 1000, bodyTimeout: 1000 }).then((r) => r.body.text()).catch((e) => console.log('in process', connection, e, e.cause))
    await fetch(url, { signal: AbortSignal.timeout(2000) }).then((r) => r.text()).catch((e) => console.log('in process', connection, e, e.cause))
  }
  const e = await startEmulator({ port: 0 })
  const h = e.cloud.handle
  for (const connection of ['reset', { resetAfter: 3 }, 'hang'] as const) {
    e.cloud.handle = async (c) => ({ ...(await h(c)), connection })
    await request(e.url, { headersTimeout: 1000 }).then((r) => r.body.text()).catch((e) => console.log('HTTP', connection, e, e.cause))
    await fetch(e.url, { signal: AbortSignal.timeout(2000) }).then((r) => r.text()).catch((e) => console.log('HTTP', connection, e, e.cause))
  }
  await e.close()
  cloud.handle = handle
  const pool = new Pool('https://vod.cn-shanghai.aliyuncs.com', { connect: emulatorConnector(cloud) })
  console.log((await pool.request({ path: '/', method: 'GET' })).statusCode)
})
