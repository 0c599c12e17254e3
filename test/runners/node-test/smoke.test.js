import { after, before, test } from 'node:test'
import RPCClient from '@alicloud/pop-core'
import { setupServer } from 'msw/node'
import { createCloud } from 'vod-viapi-emulator'
import { mswHandlers } from 'vod-viapi-emulator/msw'
import { cases, inProcess } from '../cases.cjs'

const cloud = createCloud({ seed: 7, clock: 'manual' })
const server = setupServer(...mswHandlers(cloud))
before(() => server.listen({ onUnhandledRequest: 'bypass' }))
after(() => server.close())

for (const [name, run] of Object.entries(cases)) test(name, () => run(inProcess(RPCClient, cloud.createAccount())))
