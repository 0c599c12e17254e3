/** What the emulator is measured against: a bare Fastify with one JSON route. */

import Fastify from 'fastify'
import { ANSWER } from './answer.js'

const app = Fastify({ logger: false })
app.get('/', async () => ANSWER)
app.post('/', async () => ANSWER)
process.stdout.write(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })} (bare)\n`)
