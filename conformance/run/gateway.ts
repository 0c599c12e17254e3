/** What every call of a service can be refused for, shown with one of its Actions. */

import type { Account, Call, Reply } from '../../src/index.js'
import { type SigningKey, sign } from '../../src/signing/sign.js'
import type { Named } from '../cases/case.js'
import { statusesOf } from '../cases/plan.js'
import { faultOf } from './reply.js'
import type { Result } from './run.js'
import type { Trial } from './trial.js'

/** What a call is changed in, and what is done before it. */
type Provoke = (account: Account) => { key?: SigningKey; action?: string; host?: string; body?: Uint8Array }

/** None of it is about a parameter of the Action. */
const names: Named = { none: 'every call, whatever is asked for' }

const service =
  (state: 'notOpened' | 'suspended'): Provoke =>
  (account) => {
    account.settings.change({ services: { '*': state } })
    return {}
  }
const stranger: Provoke = ({ ram }) => {
  ram.putUser('stranger', {})
  return { key: ram.createAccessKey('stranger') }
}
const role: Provoke = ({ ram }) => {
  ram.putRole('role', {})
  return { key: ram.assumeRole('role') }
}
const throttled: Provoke = (account) => {
  account.settings.change({ limits: { actions: { '*': { limit: 0, per: 'second' } } } })
  return {}
}
const unknownKey: Provoke = () => ({ key: { accessKeyId: 'nobody', accessKeySecret: 'nothing' } })
const unknownAction: Provoke = () => ({ action: 'DoNothing' })
const elsewhere: Provoke = () => ({ host: 'us-west-1.aliyuncs.com' })
const tooLong: Provoke = () => ({ body: new Uint8Array(5_000_000) })

const video: Readonly<Record<string, Provoke>> = { UnsupportedOperation: elsewhere }

const provokers: Readonly<Record<string, Readonly<Record<string, Provoke>>>> = {
  imageenhan: {
    'InvalidApi.NotPurchase': service('notOpened'),
    AuthFailed: stranger,
    RamRoleAuth: role,
    'InvalidAction.NotFound': unknownAction,
    'InvalidAccessKeyId.NotFound': unknownKey,
    InvalidContentLength: tooLong,
    'Throttling.User': throttled,
    UnsupportedOperation: elsewhere,
  },
  videoenhan: video,
  videorecog: video,
  videoseg: video,
  vod: {
    OperationDenied: service('notOpened'),
    'OperationDenied.Suspended': service('suspended'),
    Forbidden: stranger,
    UnsupportedOperation: elsewhere,
  },
}

/** Runs them, for the first Action of a service. */
export async function runGateway({ cloud, facts, action, world }: Trial): Promise<Result[]> {
  const { name, version, host } = action.service
  if (cloud.catalogue.actions.find((each) => each.service.name === name)?.id !== action.id) return []
  const results: Result[] = []
  const statusOf = statusesOf(facts, action.id)
  for (const [code, provoke] of Object.entries(provokers[name] ?? {})) {
    const account = await world.account.fork()
    try {
      const { key = account.credentials, action: asked = action.name, host: other, body } = provoke(account)
      const signed: Call = sign('acs3', {
        host: other === undefined ? host : `${name}.${other}`,
        version,
        action: asked,
        params: world.params,
        key,
      })
      const reply: Reply = await cloud.handle(body === undefined ? signed : { ...signed, body })
      const fault = faultOf(action, { outcome: { code, status: statusOf(code), names } }, reply, 'JSON', facts)
      results.push({ action: action.id, kind: 'error', title: `${code}, of every call`, code, ...(fault !== undefined && { fault }) })
    } finally {
      cloud.disposeAccount(account)
    }
  }
  return results
}
