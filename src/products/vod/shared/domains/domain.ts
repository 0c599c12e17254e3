/** Domains that media are played through: what an account remembers of them. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { HOST_NAME } from '../storage/settings.js'

/** What has become of a domain, as the services write it. */
export const domainStatuses = ['online', 'offline', 'configuring', 'configure_failed', 'checking', 'check_failed'] as const

/** Where the nodes are that a domain is played from. */
export const scopes = ['domestic', 'overseas', 'global'] as const

const originSchema = z.object({
  type: z.enum(['ipaddr', 'domain', 'oss']),
  /** An IP address, a host, or the host of a bucket. */
  content: z.string(),
  port: z.int(),
  /** `20`: the main origin, `30`: a spare one. */
  priority: z.enum(['20', '30']),
})

/** Where the nodes get files from. */
export type Origin = z.output<typeof originSchema>

/** Arguments of a configuration function, by name. */
export type FunctionArgs = Readonly<Record<string, string>>

const argsSchema = z.record(z.string(), z.string())

const configSchema = z.object({
  configId: z.string(),
  /** `aliauth` */
  functionName: z.string(),
  /** As they were set last. */
  args: argsSchema,
  status: z.enum(['success', 'testing', 'failed', 'configuring']),
  /** Those that the nodes go by; left out until there are any. */
  inForce: argsSchema.optional(),
  /** Job that brings what was set last to the nodes. */
  jobId: z.string().optional(),
})

/** One setting of a configuration function. */
export type DomainConfig = z.output<typeof configSchema>

export const domainSchema = z.object({
  /** In lower case; one that begins with a dot stands for all names below it. */
  name: z.string(),
  status: z.enum(domainStatuses),
  /** Of a domain whose nodes are being configured: what it is on its way to. */
  towards: z.enum(['online', 'offline', 'gone']).optional(),
  /** Job that it is on its way by. */
  jobId: z.string().optional(),
  scope: z.enum(scopes),
  sources: z.array(originSchema),
  checkUrl: z.string().optional(),
  topLevelDomain: z.string().optional(),
  /** Id of its certificate, as long as HTTPS is on. */
  certId: z.string().optional(),
  configs: z.array(configSchema),
  /** How many settings it has ever had: their ids go by it. */
  configsMade: z.int(),
  /** It comes from the settings of the account. */
  declared: z.literal(true).optional(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link domainSchema}. */
export type Domain = z.output<typeof domainSchema>

/** True for a domain whose nodes answer players. */
export const serves = ({ status, towards }: Domain): boolean => status === 'online' || (status === 'configuring' && towards === 'offline')

/** True for a name that stands for all names below it. */
export const isWildcard = (name: string): boolean => name.startsWith('.')

/** True for a name that a domain can have, in lower case. */
export const isDomainName = (name: string): boolean => HOST_NAME.test(isWildcard(name) ? name.slice(1) : name)

/** Characters of the longest name that a host can have. */
const MAX_HOST = 253

/** The wildcard names that a host is below, the nearest first. */
export function wildcardsOf(host: string): string[] {
  // There are as many as there are labels, each nearly as long as the host.
  if (host.length > MAX_HOST) return []
  const labels = host.split('.')
  // The last label alone is nobody's.
  return labels.slice(1, -1).map((_, index) => `.${labels.slice(index + 1).join('.')}`)
}

/** Suffixes such as `com.cn`, under which names are given out as directly under `com`. */
const SECOND_LEVEL = /\.(?:com|net|org|gov|edu|ac|co)\.[a-z]{2}$/

/** The name that somebody owns of which a domain is a part: `example.com` of `vod.example.com`. */
export const rootOf = (name: string): string =>
  name
    .split('.')
    .slice(SECOND_LEVEL.test(name) ? -3 : -2)
    .join('.')

/** The arguments by which the nodes go of a function that a domain has once; `undefined` where it is not set. */
export const argsOf = ({ configs }: Domain, functionName: string): FunctionArgs | undefined => allArgsOf(configs, functionName)[0]

/** The same of a function that a domain may have several times, in the order in which they were set. */
export const allArgsOf = (configs: readonly DomainConfig[], functionName: string): FunctionArgs[] =>
  configs.flatMap((config) => (config.functionName === functionName && config.inForce ? [config.inForce] : []))

/** True if a function that is on or off is on. */
export const isOn = (domain: Domain, functionName: string): boolean => argsOf(domain, functionName)?.enable === 'on'
