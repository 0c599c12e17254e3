/** What is to be refreshed or preloaded: URLs under domains of the account, as many as it may (manual 13.5). */

import type { Account } from '../../../../account/types.js'
import type { ErrorTable } from '../../../../base/errors.js'
import { ownText } from '../../../../base/own-text.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { isDomainName, isWildcard } from '../../shared/domains/domain.js'
import { notFound, stateCodes, type stateErrors } from '../common/errors.js'
import { countOfDay, countUnderWay, type Target, type TaskType } from './task.js'

/** URLs that may be refreshed or preloaded on a day, by type. */
export const DAILY_QUOTA = { file: 2000, directory: 100, preload: 500 } as const satisfies Record<TaskType, number>

/** URLs of one domain that may be preloaded at the same time: as many as on a day. The manual does not say how many. */
const MAX_QUEUE = 500

/** URLs, or directories, that may be refreshed within a minute. The manual does not say how many. */
const PER_MINUTE = 1000

/** URLs that one call may name. */
const MAX_URLS = 1000

/** Errors for targets, beside those for what their domains are at present. */
export const targetErrors = {
  ...notFound,
  'InvalidExtensiveDomain.ValueNotSupported': { status: 400, message: 'Extensive domain not supported.' },
  'InvalidObjectPath.Malformed': { status: 400, message: 'The specific value of parameter ObjectPath is malformed.' },
  'QuotaExceeded.Refresh': { status: 400, message: "You've exceeded the prescribed refresh limits." },
  'QuotaPerMinuteExceeded.Refresh': { status: 400, message: "You've exceeded the prescribed refresh limits per minute." },
  PreloadQueueFull: { status: 403, message: 'Preload queue is full, please try again later!' },
} as const satisfies ErrorTable

/** What stands in the way, by the code that the service has for it. */
export interface TargetFault {
  code: keyof typeof stateErrors | keyof typeof targetErrors
  param?: string
  reason: string
}

/** URLs, one a line, blank lines aside, each with its scheme added where that is missing. `tooMany`: the code for more than one call may name. */
export const objectPaths = (tooMany: string) =>
  paramType<string[]>(
    {
      type: 'String',
      format: 'list',
      separator: '\n',
      maxItems: MAX_URLS,
      codes: { value: tooMany, malformed: 'InvalidObjectPath.Malformed' },
    },
    (text) => {
      const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
      if (lines.length === 0) return new Violated('malformed', 'has no URL')
      if (lines.length > MAX_URLS) return new Violated('value', `has more than ${MAX_URLS} URLs`)
      return lines.map((line) => ownText(/^https?:\/\//i.test(line) ? line : `http://${line}`, text))
    },
  )

/** Finds the domains of URLs, or tells what is wrong with the first that cannot be worked on. */
export function readTargets(account: Account, type: TaskType, urls: readonly string[]): { targets: Target[] } | { fault: TargetFault } {
  const targets: Target[] = []
  for (const url of urls) {
    const read = readTarget(account, type, url)
    if ('code' in read) return { fault: { param: 'ObjectPath', ...read } }
    targets.push(read)
  }
  return { targets }
}

function readTarget({ playDomains }: Account, type: TaskType, url: string): Target | TargetFault {
  const shown = url.slice(0, 200)
  const host = /^https?:\/\/([^/:?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  const malformed = (what: string): TargetFault => ({ code: 'InvalidObjectPath.Malformed', reason: `holds ${shown}, which ${what}` })
  if (isWildcard(host) || host.startsWith('*'))
    return { code: 'InvalidExtensiveDomain.ValueNotSupported', reason: `holds ${shown}, which names no single host` }
  if (/[^\x21-\x7e]/.test(url) || url.length > 2048 || !URL.canParse(url) || !isDomainName(host)) return malformed('is not a URL')
  const { pathname } = new URL(url)
  if (type === 'directory' && !pathname.endsWith('/')) return malformed('is not a directory: it does not end with /')
  if (type === 'preload' && pathname.endsWith('/')) return malformed('is a directory, and only files can be preloaded')
  const domain = playDomains.ofHost(host)
  if (domain === undefined) return { code: 'InvalidDomain.NotFound', reason: `holds ${shown}, and the account has no domain ${host}` }
  if (isWildcard(domain.name))
    return { code: 'InvalidExtensiveDomain.ValueNotSupported', reason: `holds ${shown}, whose domain is ${domain.name}` }
  // Whether a domain that is being configured can be preloaded to, the manual does not say.
  const code = stateCodes[domain.status]
  if (code !== undefined) return { code, reason: `holds ${shown}, whose domain is ${domain.status}` }
  return { url, domain }
}

/** How many more may be refreshed or preloaded on the day of an instant. Days are those of China. */
export const remaining = (account: Account, type: TaskType): number =>
  Math.max(0, DAILY_QUOTA[type] - countOfDay(account, type, account.clock.now()))

/** Why so many targets are too many; `undefined` if they are not. */
export function excessOf(account: Account, type: TaskType, targets: readonly Target[]): TargetFault | undefined {
  const left = remaining(account, type)
  if (targets.length > left)
    return { code: 'QuotaExceeded.Refresh', reason: `names ${targets.length}, and ${left} of ${DAILY_QUOTA[type]} are left today` }
  if (type !== 'preload') return excessOfMinute(account, targets.length)
  for (const name of new Set(targets.map(({ domain }) => domain.name))) {
    const count = countUnderWay(account, type, name) + targets.filter(({ domain }) => domain.name === name).length
    if (count > MAX_QUEUE)
      return {
        code: 'PreloadQueueFull',
        reason: `would make ${count} files of ${name} that are being preloaded, and at most ${MAX_QUEUE} can be`,
      }
  }
  return undefined
}

function excessOfMinute({ vod, clock }: Account, count: number): TargetFault | undefined {
  const since = clock.now() - 60_000
  const { total } = vod.refreshTasks.list({ where: ({ type, createdAt }) => type !== 'preload' && createdAt > since, take: 0 })
  return total + count > PER_MINUTE
    ? {
        code: 'QuotaPerMinuteExceeded.Refresh',
        reason: `would make ${total + count} within a minute, and at most ${PER_MINUTE} are allowed`,
      }
    : undefined
}
