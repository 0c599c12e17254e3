/** What can be set of VOD per account, where the real service has its console for it. */

import { z } from 'zod'
import { defineSettings } from '../../../../account/settings.js'
import type { CloudServices } from '../../../../account/types.js'
import { durationSchema } from '../../../../base/time-schemas.js'
import { workflowSchema } from './workflow.js'

/** `<bucket>.oss-<region>.aliyuncs.com` */
const LOCATION = /^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.oss-([a-z0-9-]+)\.aliyuncs\.com$/

/** The name of a host, in lower case. */
export const HOST_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/

/** Names of hosts and of buckets are the same in any letter case. */
const lowerCase = (pattern: RegExp, example: string) => z.string().toLowerCase().regex(pattern, `is not a name such as ${example}`)

const storageSchema = z.strictObject({
  /** Host of the bucket. */
  location: lowerCase(LOCATION, 'bucket.oss-cn-shanghai.aliyuncs.com'),
  /** Whether the bucket's owner lets VOD change it. Default: true. */
  authorised: z.boolean().default(true),
})

const domainSchema = z.strictObject({
  name: lowerCase(HOST_NAME, 'vod.example.com'),
  /** URL authentication of type A; left out, it is off. */
  auth: z
    .strictObject({
      key: z.string().regex(/^[A-Za-z0-9]{6,128}$/),
      backupKey: z
        .string()
        .regex(/^[A-Za-z0-9]{6,128}$/)
        .optional(),
      /** How long a URL is valid: a duration such as `30m`, or milliseconds. Default: 30 minutes. */
      validity: durationSchema.default(1_800_000),
    })
    .optional(),
})

const dnsSchema = z.strictObject({
  /** Host that the record is of. */
  name: lowerCase(HOST_NAME, 'verification.example.com'),
  /** What it says. */
  txt: z.string().min(1).max(255),
})

const resourceGroupSchema = z.strictObject({
  id: z.string().regex(/^rg-[a-z0-9]{1,61}$/, 'is not an id such as rg-acfmyuji4b6r4'),
  /** Only what is OK takes anything in. Default: OK. */
  status: z.enum(['OK', 'Creating', 'PendingDelete', 'Deleting']).default('OK'),
})

const pipelineSchema = z.strictObject({
  /** `default` is the one that every account has. */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'has other characters than letters, digits, - and _'),
  /** How many transcoding jobs go on at a time. Default: 100. */
  slots: z.int().min(1).max(10_000).optional(),
  /** A pipeline that is paused lets no further job begin. Default: Active. */
  state: z.enum(['Active', 'Paused']).default('Active'),
})

const reviewSchema = z.strictObject({
  /** True: a video that can be played is Checking, and plays for reviewers only, until a review has passed it. Default: false. */
  beforePublish: z.boolean().default(false),
  /** True: each video is reviewed by machine once it has been analysed, by the default template. Default: false. */
  automatic: z.boolean().default(false),
})

const dnaSchema = z.strictObject({
  /** True: the fingerprint of each video is taken and compared once its first MP4 stream is made. Default: false. */
  automatic: z.boolean().default(false),
})

/** A list of things no two of which are called the same. */
const distinct = <Item extends z.ZodType>(item: Item, most: number, nameOf: (value: z.output<Item>) => string, twice: string) =>
  z
    .array(item)
    .max(most)
    .refine((list) => new Set(list.map(nameOf)).size === list.length, `has two ${twice}`)

/** See the comments of its fields. A list replaces the list that was set before. */
export const vodSettingsSchema = z.strictObject({
  /** Buckets of the account's own beside the one that comes with the service. */
  storages: distinct(storageSchema, 20, ({ location }) => location, 'storages of one location').optional(),
  /** Domains that media are played through from the start; the first is the default. Without any domain, addresses are those of OSS. */
  domains: distinct(domainSchema, 20, ({ name }) => name, 'domains of one name').optional(),
  /** TXT records in the DNS of the account's domains; once there are any, AddVodDomain asks for proof of who owns a domain. Default: none. */
  dns: z.array(dnsSchema).max(100).optional(),
  /** Resource groups of the account, which AddVodDomain may name one of. Default: none. */
  resourceGroups: distinct(resourceGroupSchema, 100, ({ id }) => id, 'groups of one id').optional(),
  /** Whether it is proved who has the account, which domains within the Chinese mainland ask for. Default: true. */
  realName: z.boolean().optional(),
  workflows: distinct(workflowSchema, 20, ({ id }) => id, 'workflows of one id').optional(),
  /** Queues of transcoding jobs; beside them there is always `default`. */
  pipelines: distinct(pipelineSchema, 20, ({ id }) => id, 'pipelines of one id').optional(),
  /** When media are reviewed, as the console has it. */
  review: reviewSchema.optional(),
  /** When fingerprints of videos are taken, where the service has opened video DNA for the account. */
  dna: dnaSchema.optional(),
  /** Hosts, with port where it is not the usual one, from which UploadMediaByURL really fetches. Default: none. */
  fetchFrom: z.array(z.string().toLowerCase().min(1).max(260)).max(100).optional(),
  /** How long, in real time, such a host has to send the whole file. Default: 30 s. */
  fetchTimeout: durationSchema.optional(),
  /** The MtsHlsUriToken that the emulator's own key server asks players for. Default: it takes any, and none. */
  hlsUriToken: z.string().min(1).max(1024).optional(),
  /** Whether the account has the multi-app service. Default: true. */
  multiApp: z.boolean().optional(),
  /** How many media of each kind the account may hold. Default: 20,000. */
  maxMedia: z.int().min(0).max(1_000_000).optional(),
})

/** See {@link vodSettingsSchema}. */
export type VodSettings = z.output<typeof vodSettingsSchema>

/** The section of the settings. */
export const vodSettings = defineSettings({ schema: vodSettingsSchema, defaults: {}, levels: 1, check: checkWorkflows })

/** Throws a `RangeError` where a workflow has a step that nothing here does. */
function checkWorkflows({ workflows = [] }: VodSettings, { workflowSteps }: CloudServices): void {
  for (const { id, steps = [] } of workflows)
    for (const { does } of steps)
      if (!workflowSteps.has(does)) throw new RangeError(`the workflow ${id} has a step that does ${does}, which nothing here does`)
}

/** A domain as the settings declare it. */
export type DeclaredDomain = z.output<typeof domainSchema>

/** A queue of transcoding jobs. */
export type Pipeline = z.output<typeof pipelineSchema>

/** A bucket that VOD keeps media in. */
export interface Storage {
  /** Host of the bucket. */
  location: string
  bucket: string
  region: string
  /** Whether the bucket's owner lets VOD change it. */
  authorised: boolean
}

/** The storage at a location such as the settings allow. */
export function storageAt(location: string, authorised: boolean): Storage {
  const [, bucket = '', region = ''] = LOCATION.exec(location) ?? []
  return { location, bucket, region, authorised }
}
