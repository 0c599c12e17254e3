import { after, test } from 'node:test'
import * as undici from 'undici'
import { createCloud } from 'vod-viapi-emulator'
import { createClient } from 'vod-viapi-emulator/client'
import { emulatorConnector, emulatorDispatcher } from 'vod-viapi-emulator/undici'
import { cases } from '../cases.cjs'
import { behindUndici, undiciCases } from '../undici.cjs'

const cloud = createCloud({ seed: 7, clock: 'manual' })
const dispatcher = emulatorDispatcher(cloud)
undici.setGlobalDispatcher(dispatcher)
after(() => dispatcher.close())

for (const [name, run] of Object.entries(cases)) test(name, () => run(behindUndici(createClient, cloud.createAccount())))
for (const [name, run] of Object.entries(undiciCases(undici, cloud, emulatorConnector(cloud)))) test(name, run)
