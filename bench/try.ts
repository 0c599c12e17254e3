import { measureCalls } from './calls.js'
const only = process.argv[3]?.split(',')
const costs = await measureCalls({ slices: Number(process.argv[2] ?? 9), callsPerSlice: 3000, only })
const minimal = costs['minimal check']?.[1] ?? 0
const bare = costs['bare Fastify']?.[1] ?? 0
for (const [name, [a, b, c]] of Object.entries(costs)) console.log(name.padEnd(30), a.toFixed(1), b.toFixed(1), c.toFixed(1), '| of minimal', (minimal / b).toFixed(2), '| of bare', (bare / b).toFixed(2))
