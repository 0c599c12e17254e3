/** Addresses from which media that are under review or blocked can be played (VOD manual 10.1). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { toUtcSeconds } from '../../../base/times.js'
import { paramType, Violated } from '../../../params/param-type.js'
import { oneOf, text } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { ipBlock } from '../shared/audit/security-ips.js'
import { vod } from '../shared/service/service.js'

const MAX_GROUPS = 10
const MAX_IPS = 100

/** `192.168.0.1`, or a block such as `192.168.0.0/24`. */
const address = (): z.ZodType<string, string> =>
  paramType({ type: 'String' }, (value) =>
    ipBlock(value) ? value : new Violated('value', 'is neither an IPv4 address nor a block of them with a prefix of 1 to 32 bits'),
  )

const groupName = () => text({ maxLength: 128, ownLimit: true })

export const setAuditSecurityIp = vod.action('SetAuditSecurityIp', {
  summary: 'Sets the addresses from which media under review or blocked can be played.',
  source: 'VOD manual 10.1.1',
  limit: perSecond(100),
  input: () => ({
    SecurityGroupName: groupName().default('Default'),
    Ips: csv(address(), { maxItems: MAX_IPS, codes: { missing: 'IpsIsEmpty', length: 'IpsExceededMax' } }),
    OperateMode: oneOf(['Append', 'Cover', 'Delete']).default('Append'),
  }),
  output: () => z.object({}),
  errors: {
    IpsIsEmpty: { status: 400, message: 'The specified "Ips" can not be empty.' },
    IpsExceededMax: { status: 403, message: 'The specified Ips count has exceeded 100.' },
    SecurityIpGroupExceededMax: { status: 403, message: 'The audit security group count has exceeded 10.' },
  },
  examples: [{ params: { SecurityGroupName: 'Default', Ips: '192.168.0.1', OperateMode: 'Cover' } }],
  run({ input: { SecurityGroupName: name, Ips, OperateMode }, account: { vod, clock }, fail }) {
    const group = vod.securityIps.get(name)
    const before = group?.ips ?? []
    const ips =
      OperateMode === 'Delete'
        ? before.filter((ip) => !Ips.includes(ip))
        : [...new Set(OperateMode === 'Cover' ? Ips : [...before, ...Ips])]
    if (ips.length > MAX_IPS) fail('IpsExceededMax', { param: 'Ips', reason: `would make ${ips.length} addresses of ${name}` })
    if (group !== undefined) {
      vod.securityIps.update(name, (draft) => {
        draft.ips = ips
        draft.modifiedAt = clock.now()
      })
      return {}
    }
    // There is nothing to take away from a group that is not there, and no error for it.
    if (OperateMode === 'Delete') return {}
    if (vod.securityIps.count >= MAX_GROUPS)
      fail('SecurityIpGroupExceededMax', {
        param: 'SecurityGroupName',
        reason: `would be another group, and the account has ${MAX_GROUPS}, which is all it may have`,
      })
    vod.securityIps.put({ name, ips, createdAt: clock.now(), modifiedAt: clock.now() })
    return {}
  },
})

export const listAuditSecurityIp = vod.action('ListAuditSecurityIp', {
  summary: 'Lists the addresses from which media under review or blocked can be played.',
  source: 'VOD manual 10.1.2',
  limit: perSecond(100),
  input: () => ({ SecurityGroupName: groupName().optional() }),
  output: () =>
    z.object({
      SecurityIpList: inAnyOrder(
        z.array(z.object({ SecurityGroupName: z.string(), Ips: z.string(), CreationTime: z.string(), ModificationTime: z.string() })),
      ),
    }),
  errors: {
    'SecurityIp.NotFound': { status: 404, message: 'The audit security ip does not exist.' },
    ListSecurityIpFailed: {
      status: 500,
      message: 'List audit security ip has failed due to some unknown error.',
      faultOnly: 'Stands for a failure inside the service; the emulator has none of its own to show.',
    },
  },
  run({ input: { SecurityGroupName }, account: { vod }, fail }) {
    const found = SecurityGroupName === undefined ? vod.securityIps.list().rows : [vod.securityIps.get(SecurityGroupName)]
    const groups = found.map(
      (group) => group ?? fail('SecurityIp.NotFound', { param: 'SecurityGroupName', reason: 'is not the name of a group' }),
    )
    return {
      SecurityIpList: groups.map(({ name, ips, createdAt, modifiedAt }) => ({
        SecurityGroupName: name,
        Ips: ips.join(','),
        CreationTime: toUtcSeconds(createdAt),
        ModificationTime: toUtcSeconds(modifiedAt),
      })),
    }
  },
})
