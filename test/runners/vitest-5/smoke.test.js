import RPCClient from '@alicloud/pop-core'
import { emulatorTest } from 'vod-viapi-emulator/vitest'
import { cases, inProcess } from '../cases.cjs'

const test = emulatorTest({ seed: 7 })

for (const [name, run] of Object.entries(cases)) test(name, ({ account }) => run(inProcess(RPCClient, account)))
