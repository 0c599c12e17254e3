/** What calls cost the server. */

import { measureCalls } from '../calls.js'
import type { Figure } from '../figure.js'

/** What share of the speed of the check alone is to be left. */
const AIMS: Readonly<Record<string, number>> = {
  GetAsyncJobResult: 0.85,
  SetMessageCallback: 0.62,
  UpdateVideoInfo: 0.62,
  CreateUploadVideo: 0.48,
}

/** Of all kinds of calls, and of the servers that they are compared with. */
export async function callFigures(quick: boolean): Promise<Figure[]> {
  const costs = await measureCalls({ slices: quick ? 7 : 25, callsPerSlice: quick ? 1500 : 3000 })
  const check = costs['the check']?.[1] ?? Number.NaN
  return Object.entries(costs).flatMap(([what, [lower, median, upper]]): Figure[] => [
    { what, values: [median], unit: 'µs', spread: [lower, upper] },
    ...(what === 'the check' || what === 'bare Fastify'
      ? []
      : [
          {
            what: `${what}, speed`,
            values: [check / median],
            unit: 'of the check' as const,
            ...(AIMS[what] && { aim: `at least ${AIMS[what]}` }),
          },
        ]),
  ])
}
