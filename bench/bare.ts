/** What the emulator is measured against: a bare Fastify with one JSON route. */

import Fastify from 'fastify'

const app = Fastify({ logger: false })
const answer = {
  RequestId: '49E2CC28-ED1D-4CC5-854D-7D0AE2B20976',
  Data: { JobId: '9CDE688A-8FC8-4B8D-8C34-1C3490703F23', Status: 'QUEUING' },
}
app.get('/', async () => answer)
process.stdout.write(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })} (bare)\n`)
