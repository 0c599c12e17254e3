/**
 * What the nodes of a domain have of its files: since when, and for how long. The files themselves always come from the storage, so that no test meets
 * one that has been replaced; what differs is what `x-cache` says.
 */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { toHttpDate } from '../../../../base/times.js'
import type { StoredObject } from '../../../../oss/object.js'
import { ofNoApp } from '../../shared/apps/rule.js'
import { allArgsOf, argsOf, type Domain, type FunctionArgs, isWildcard } from '../../shared/domains/domain.js'

/** Parameters that say who may have a file, or how much of it, and not which. */
const NOT_OF_THE_FILE = ['auth_key', 'start', 'end']

/** Files of which nodes have copies; beyond that the oldest are forgotten. */
const MAX_COPIES = 10_000

const cachedSchema = z.object({
  /** Host and path, and a fingerprint of what of the query counts, which may be long. */
  id: z.string(),
  host: z.string(),
  etag: z.string(),
  savedAt: timestampSchema,
  expiresAt: timestampSchema,
})

type Cached = z.output<typeof cachedSchema>

export const cacheRecords = {
  cached: {
    name: 'vod.cached',
    schema: cachedSchema,
    keyOf: ({ id }: Cached) => id,
    indexes: { host: ({ host }: Cached) => host },
    app: ofNoApp,
  },
}

/** A file under a host, as the nodes tell it from others. */
export interface Cacheable {
  domain: Domain
  host: string
  /** Starts with `/`; without what only proves who may have it. */
  path: string
  query: ReadonlyMap<string, string>
}

/** Takes a file from the nodes, which get it first if they do not have it; answers with the headers that say so. */
export function throughCache(account: Account, file: Cacheable, object: StoredObject): Record<string, string> {
  const now = account.clock.now()
  const former = account.vod.cached.get(idOf(file))
  const isHit = former !== undefined && former.expiresAt > now && former.etag === object.etag
  const { savedAt, expiresAt } = isHit ? former : keepCopy(account, file, object)
  return {
    'x-cache': isHit ? 'HIT TCP_MEM_HIT' : 'MISS TCP_MISS',
    'x-swift-savetime': toHttpDate(savedAt),
    'x-swift-cachetime': String(Math.round((expiresAt - savedAt) / 1000)),
    age: String(Math.floor((now - savedAt) / 1000)),
  }
}

/** Has the nodes get a file. */
export function keepCopy({ clock, vod }: Account, file: Cacheable, object: StoredObject): Cached {
  const savedAt = clock.now()
  const expiresAt = savedAt + secondsOf(file, object, savedAt) * 1000
  const cached = vod.cached.put({ id: idOf(file), host: file.host, etag: object.etag, savedAt, expiresAt })
  vod.cached.forgetOldest(MAX_COPIES, {})
  return cached
}

/** Has the nodes forget a file, whatever the query, or all files below a directory. */
export function dropCopies({ vod }: Account, host: string, path: string, isDirectory: boolean): void {
  const place = host + path
  for (const { id } of vod.cached.list({ by: { host } }).rows)
    if (isDirectory ? id.startsWith(place) : id === place || id.startsWith(`${place}?`)) vod.cached.delete(id)
}

/** Has the nodes forget all files of a domain. */
export function dropCopiesOf({ vod }: Account, name: string): void {
  for (const { id, host } of vod.cached.list().rows) if (host === name || (isWildcard(name) && host.endsWith(name))) vod.cached.delete(id)
}

function idOf({ domain, host, path, query }: Cacheable): string {
  const { disable = 'off', hashkey_args = '' } = argsOf(domain, 'set_hashkey_args') ?? {}
  const kept = hashkey_args.split(',').map((name) => name.trim())
  const counts = (name: string): boolean =>
    !NOT_OF_THE_FILE.includes(name) && (hashkey_args === '' ? disable !== 'on' : kept.includes(name))
  const pairs = [...query].filter(([name]) => counts(name)).map(([name, value]) => `${name}=${value}`)
  const text = pairs.join('&')
  // A query of any length is not worth remembering.
  return `${host}${path}${text === '' ? '' : `?${text.length > 100 ? fingerprint(text) : text}`}`
}

/** How long a copy is good for: as the rule of most weight says, else a tenth of the file's age, from 10 seconds to an hour. */
function secondsOf({ domain: { configs }, path }: Cacheable, { modifiedAt }: StoredObject, now: number): number {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const rules = [
    ...allArgsOf(configs, 'filetype_based_ttl_set').filter(({ file_type = '' }) =>
      file_type.split(',').some((type) => type.trim().toLowerCase() === extension),
    ),
    ...allArgsOf(configs, 'path_based_ttl_set').filter(({ path: directory = '/' }) => path.startsWith(directory)),
  ]
  const [rule] = rules.sort((a, b) => weightOf(b) - weightOf(a))
  return rule ? Number(rule.ttl) : Math.min(3600, Math.max(10, Math.round((now - modifiedAt) / 10_000)))
}

const weightOf = ({ weight = '1' }: FunctionArgs): number => Number(weight)
