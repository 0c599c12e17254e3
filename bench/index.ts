/** `npm run bench`: the figures as a table, or with `--json` as JSON. */

import { measureAccount, measureStart } from './start.js'
import { measureThroughput } from './throughput.js'

const start = await measureStart()
const throughput = await measureThroughput()
const accountMicroseconds = measureAccount()

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ throughput, start, accountMicroseconds }, undefined, 2)}\n`)
} else {
  const row = (figure: string, value: string, aim = ''): string => `${figure.padEnd(46)} ${value.padStart(14)}   ${aim}\n`
  const whole = (value: number, unit: string): string => `${Math.round(value).toLocaleString('en')} ${unit}`
  process.stdout.write(
    [
      row('figure (median)', 'measured', 'aim'),
      row('bare Fastify', whole(throughput.bare, 'calls/s')),
      row('signed call, signature 1.0', whole(throughput.rpc, 'calls/s')),
      row('signed call, ACS3', whole(throughput.acs3, 'calls/s')),
      row('signature 1.0 against bare Fastify', throughput.ratio.toFixed(2), 'at least 0.35'),
      row('ACS3 against bare Fastify', throughput.acs3Ratio.toFixed(2), 'at least 0.35'),
      row('bare Fastify, start to first answer', whole(start.bareMs, 'ms')),
      row('emulator, start to first answered call', whole(start.emulatorMs, 'ms')),
      row('start against bare Fastify', start.ratio.toFixed(2), 'at most 2.5'),
      row('bare Fastify, memory after first answer', whole(start.bareMemory, 'MB')),
      row('emulator, memory after first answered call', whole(start.emulatorMemory, 'MB')),
      row('fresh account in process', `${accountMicroseconds.toFixed(0)} µs`, 'less than 1,000 µs'),
    ].join(''),
  )
}
