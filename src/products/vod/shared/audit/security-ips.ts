/** Addresses that may play what nobody else may: media that are under review or blocked (VOD manual 10.1). */

import { BlockList, isIPv4 } from 'node:net'
import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { ofNoApp } from '../apps/rule.js'
import type { Video } from '../media/video.js'

const groupSchema = z.object({
  name: z.string(),
  /** IPv4 addresses and CIDR blocks, in the order in which they were given. */
  ips: z.array(z.string()),
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

type SecurityIpGroup = z.output<typeof groupSchema>

/** Groups of addresses that may play what others may not: `account.vod.securityIps`. */
export const securityIpRecords = { name: 'vod.securityIps', schema: groupSchema, keyOf: ({ name }: SecurityIpGroup) => name, app: ofNoApp }

/** An IPv4 address, or a block of them, with its prefix of 1 to 32 bits; `undefined` if it is none. */
export function ipBlock(text: string): { ip: string; prefix: number } | undefined {
  const [, ip = '', bits = '32'] = /^([\d.]{7,15})(?:\/(\d{1,2}))?$/.exec(text) ?? []
  const prefix = Number(bits)
  return isIPv4(ip) && prefix >= 1 && prefix <= 32 ? { ip, prefix } : undefined
}

/** True if a client may play a video: anybody one that is Normal, and from the addresses of reviewers one that is under review or blocked. */
export function mayPlay(account: Account, { status }: Pick<Video, 'status'>, clientAddress: string | undefined): boolean {
  if (status !== 'Checking' && status !== 'Blocked') return status === 'Normal'
  // A door that knows no address may be anybody's.
  if (clientAddress === undefined || !isIPv4(clientAddress)) return false
  const reviewers = new BlockList()
  for (const { ips } of account.vod.securityIps.list().rows) {
    for (const block of ips.map(ipBlock)) if (block) reviewers.addSubnet(block.ip, block.prefix)
  }
  return reviewers.check(clientAddress)
}

/** Why a client may not play a video, for the developer: what is said of the parameter that names the video. */
export const whyNot = ({ status }: Pick<Video, 'status'>): string =>
  status === 'Checking' || status === 'Blocked'
    ? `is a video that is ${status}, and the call does not come from an address that SetAuditSecurityIp has set`
    : `is a video that is ${status}, and only one that is Normal can be played`
