const RPCClient = require('@alicloud/pop-core')
const { cases, overHttp } = require('../../cases.cjs')

for (const [name, run] of Object.entries(cases)) test(name, async () => run(await overHttp(RPCClient, process.env.EMULATOR)))
