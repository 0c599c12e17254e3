/** URL authentication of play domains (developer guide, URL authentication): types A, B and C. */

import { hash } from 'node:crypto'
import { fromIso, toChinaIso } from '../../../../base/times.js'
import type { UrlAuth } from '../domains/play-domain.js'

/** What the authentication of a URL is made with, where the caller has a say in it. */
export interface ReAuth {
  uid: string
  rand: string
}

/** What is signed beside the path. */
export interface Signing {
  /** Seconds since 1970. */
  timestamp: number
  /** Of type A; default: 0 and 0. */
  reAuth?: ReAuth | undefined
  /** Seconds from the start that can be played, if not all. */
  preview?: number | undefined
}

const NOBODY: ReAuth = { rand: '0', uid: '0' }

const MINUTE = 60

/** China is ahead of UTC. */
const HOURS_AHEAD = 8

/** A path, as it stands in a URL, with what proves that it was given out; the preview is in the query, as every player sends it. */
export function signedPath({ type, key }: UrlAuth, path: string, signing: Signing): { path: string; query: string[] } {
  const { timestamp, preview } = signing
  const query = preview === undefined ? [] : [`end=${preview}`]
  if (type === 'type_a') return { path, query: [`auth_key=${authKey(path, key, signing)}`, ...query] }
  const time = type === 'type_b' ? minuteOf(timestamp) : timestamp.toString(16)
  const proof = md5Of(type, path, key, time, preview)
  return { path: type === 'type_b' ? `/${time}/${proof}${path}` : `/${proof}/${time}${path}`, query }
}

/** `timestamp-rand-uid-md5` of type A. For a preview, its seconds are signed as well. */
export function authKey(path: string, key: string, { timestamp, reAuth: { rand, uid } = NOBODY, preview }: Signing): string {
  const signed = [path, timestamp, rand, uid, key, ...(preview === undefined ? [] : [preview])].join('-')
  return `${timestamp}-${rand}-${uid}-${hash('md5', signed, 'hex')}`
}

/** The MD5 of types B and C. That a preview is signed as well is as in type A; the guide has nothing of it. */
export function md5Of(type: 'type_b' | 'type_c', path: string, key: string, time: string, preview: number | undefined): string {
  const signed = type === 'type_b' ? [key, time, path] : [key, path, time]
  return hash('md5', [...signed, preview ?? ''].join(''), 'hex')
}

/** `202601010800`: the minute in China, rounded up so that nothing ends too early. */
function minuteOf(timestamp: number): string {
  return toChinaIso(Math.ceil(timestamp / MINUTE) * MINUTE * 1000)
    .slice(0, 16)
    .replace(/\D/g, '')
}

/** Seconds since 1970 of such a minute; `undefined` if it is none. */
export function fromMinute(text: string): number | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const inChina = year === undefined ? undefined : fromIso(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
  return inChina === undefined ? undefined : inChina / 1000 - HOURS_AHEAD * 3600
}
