/** What calls cost: the server, a program with msw, and other servers beside. */

import { type LoadName, measureCalls } from '../calls.js'
import { atLeast, type Figure, type Words } from '../figure.js'
import { measureMsw } from '../msw.js'
import { measureOthers } from '../others.js'
import type { Effort } from '../slices.js'
import { quartiles, ratios } from '../statistics.js'

const BARE: Words = { en: 'bare Fastify', zh: '裸 Fastify' }
const CHECK: Words = { en: 'the check', zh: '单纯的签名校验' }
const SIGNED_READ: Words = { en: 'emulator, GetAsyncJobResult, signed', zh: '模拟器，签名的 GetAsyncJobResult' }

const READ_IN_TURN = { en: 'GetAsyncJobResult, one call after another', zh: 'GetAsyncJobResult，逐个调用' }

/** What is called, and what share of the speed of the check alone is to be left. */
const CALLS: Readonly<Record<Exclude<LoadName, 'bare' | 'check' | `${string}, one by one`>, { what: Words; aim?: number }>> = {
  GetAsyncJobResult: { what: 'GetAsyncJobResult', aim: 0.85 },
  ACS3: { what: { en: 'GetAsyncJobResult, ACS3', zh: 'GetAsyncJobResult（ACS3 签名）' } },
  GetVideoInfo: { what: 'GetVideoInfo' },
  GetPlayInfo: { what: { en: 'GetPlayInfo, of two streams', zh: 'GetPlayInfo（两路流）' } },
  SearchMedia: { what: { en: 'SearchMedia, ten of 10,000 media', zh: 'SearchMedia（10,000 个媒资中的十个）' } },
  SetMessageCallback: { what: 'SetMessageCallback', aim: 0.62 },
  UpdateVideoInfo: { what: 'UpdateVideoInfo', aim: 0.62 },
  CreateUploadVideo: { what: 'CreateUploadVideo', aim: 0.48 },
  'put 1 KB': { what: { en: 'OSS, put of 1 KB', zh: 'OSS，上传 1 KB' } },
  'get 1 KB': { what: { en: 'OSS, get of 1 KB', zh: 'OSS，下载 1 KB' } },
  'put 1 MB': { what: { en: 'OSS, put of 1 MB', zh: 'OSS，上传 1 MB' } },
  'get 1 MB': { what: { en: 'OSS, get of 1 MB', zh: 'OSS，下载 1 MB' } },
}

const effortOf = (quick: boolean): Effort =>
  quick ? { slices: 9, callsPerSlice: 800, warmUp: 12 } : { slices: 25, callsPerSlice: 3000, warmUp: 5 }

const of = (what: Words, costs: readonly number[]): Figure => ({ what, values: [quartiles(costs)], unit: 'µs' })

const wordsOf = (words: Words): { en: string; zh: string } => (typeof words === 'string' ? { en: words, zh: words } : words)

/** Of all kinds of calls, and of the servers that they are compared with. */
export async function callFigures(quick: boolean): Promise<Figure[]> {
  const {
    bare,
    check,
    'check, one by one': checkInTurn,
    'GetAsyncJobResult, one by one': readInTurn,
    ...costs
  } = await measureCalls(effortOf(quick))
  const speedOf = ({ en, zh }: { en: string; zh: string }, those: readonly number[], checks = check): Figure => ({
    what: { en: `${en}, speed against the check`, zh: `${zh}，速度与单纯的签名校验之比` },
    values: [ratios(checks, those)],
    unit: '×',
  })
  return [
    of(BARE, bare),
    of(CHECK, check),
    of({ en: 'the check, one call after another', zh: '单纯的签名校验，逐个调用' }, checkInTurn),
    of(READ_IN_TURN, readInTurn),
    speedOf(READ_IN_TURN, readInTurn, checkInTurn),
    ...(Object.entries(CALLS) as [keyof typeof CALLS, (typeof CALLS)[keyof typeof CALLS]][]).flatMap(([name, { what, aim }]): Figure[] => {
      const speed: Figure = { ...speedOf(wordsOf(what), costs[name]), ...(aim !== undefined && atLeast(aim)) }
      return [of(what, costs[name]), ...(name.includes(' ') ? [] : [speed])]
    }),
  ]
}

/** Calls by `fetch` that msw answers in the same process. */
export async function mswFigures(quick: boolean): Promise<Figure[]> {
  const { canned, cloud } = await measureMsw(effortOf(quick))
  return [
    of({ en: 'a handler with its answer ready', zh: '备好答复的处理器' }, canned),
    of({ en: "the cloud's handlers, GetAsyncJobResult, signed", zh: '云的处理器，签名的 GetAsyncJobResult' }, cloud),
    {
      what: { en: "the cloud's handlers against the other", zh: '云的处理器为备好答复的处理器的倍数' },
      values: [ratios(cloud, canned)],
      unit: '×',
    },
  ]
}

const inChinese = (name: string): string => name.replace(', logging nothing', '（不记日志）')

/** Other mock servers, none of which checks anything. */
export async function otherFigures(quick: boolean): Promise<Figure[]> {
  // What runs on a virtual machine of Java needs more calls until it is as fast as it can be.
  const effort: Effort = quick ? { slices: 6, callsPerSlice: 1000, warmUp: 6 } : { slices: 15, callsPerSlice: 3000, warmUp: 10 }
  const { bare = [], emulator = [], ...others } = await measureOthers(effort)
  return [
    of(BARE, bare),
    of(SIGNED_READ, emulator),
    ...Object.entries(others).flatMap(([name, costs]): Figure[] => [
      of({ en: name, zh: inChinese(name) }, costs),
      {
        what: { en: `${name}, against the emulator's signed read`, zh: `${inChinese(name)}，为模拟器签名读取的倍数` },
        values: [ratios(costs, emulator)],
        unit: '×',
        // The aim is about each as it is when nothing else is said.
        ...(!name.endsWith(', logging nothing') && atLeast(10)),
      },
    ]),
  ]
}
