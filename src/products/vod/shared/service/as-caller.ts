/** Every Action of VOD works with what who calls it may see and change: the media, and what goes with them, of some apps or of all (VOD manual 15.1). */

import type { Account } from '../../../../account/types.js'
import type { RunContext } from '../../../../actions/action.js'
import { ApiError, type Refusal, refuse } from '../../../../base/errors.js'
import { filesAt } from '../addresses/addresses.js'
import { type Access, accessOf } from '../apps/access.js'
import { DEFAULT_APP_ID, hasApps } from '../apps/app.js'
import { seenWithin } from '../apps/seen.js'
import { isFileHidden } from '../media/file-owner.js'
import { vodErrors } from './errors.js'

/** Names of Actions that change nothing: those that VODAppReadOnlyAccess is for. */
const READS = /^(?:Get|Describe|Search|List)/

/** Those that bring nothing new into an app. */
const READS_OR_DELETES = /^(?:Get|Describe|Search|List|Delete)/

/** Codes that say that something is not there. */
const NOT_FOUND = /^NoSuchResource$|\.NotFound$/

type Run<Input, Code extends string, Output> = (context: RunContext<Input, Code>) => Output | Promise<Output>

/**
 * Makes of what an Action does what it does for who calls. Records of other apps are not there; where they are what it is about, and it would have
 * changed them, it is refused with Forbidden. The app that its parameter AppId names must be there, and open to who calls.
 */
export function asCaller<Input, Code extends string, Output>(action: string, run: Run<Input, Code, Output>): Run<Input, Code, Output> {
  const changes = !READS.test(action)
  return (context) => {
    const access = accessOf(context.account, context.key)
    checkAppId(context as RunContext<unknown, Code>, access, changes, !READS_OR_DELETES.test(action))
    return access === 'all' ? run(context) : runWithin(run, context, access, changes)
  }
}

const forbid = (refusal: Refusal): never => refuse(vodErrors, 'Forbidden', refusal)

async function runWithin<Input, Code extends string, Output>(
  run: Run<Input, Code, Output>,
  context: RunContext<Input, Code>,
  { reads, changes: changeable }: Access,
  changes: boolean,
): Promise<Output> {
  const { arn } = context.key.identity
  let hidden = false
  const account = seenWithin(context.account, {
    shown: changes ? changeable : reads,
    changeable,
    onHidden: () => {
      hidden = true
    },
    refuse: () => forbid({ reason: `it belongs to an app in which ${arn} may change nothing` }),
  })
  if (changes) checkAddresses(account, context.input, arn)
  try {
    return await run({ ...context, account })
  } catch (error) {
    if (!hidden || !(error instanceof ApiError) || !NOT_FOUND.test(error.code)) throw error
    const { code, status, message, param, reason } = error
    const refusal = {
      ...(param !== undefined && { param }),
      reason: `${reason ?? 'was not found'}: it is there, in an app in which ${arn} may ${changes ? 'change' : 'look up'} nothing`,
    }
    return changes ? forbid(refusal) : refuse({ [code]: { status, message } }, code, refusal)
  }
}

/**
 * Refuses addresses of files of other apps, wherever in its parameters a call has them: of what is made of such a file, and of an address that is opened
 * for whoever sees what it was given for, nobody would know any more whose it was.
 */
function checkAddresses(account: Account, input: unknown, arn: string): void {
  for (const [path, address] of addressesIn(input)) {
    if (!filesAt(account, address).some((file) => isFileHidden(account, file))) continue
    const [param = '', ...rest] = path
    const where = rest.length > 0 ? `at ${rest.join('.')}: ` : ''
    forbid({ param, reason: `${where}leads to a file of an app in which ${arn} may change nothing` })
  }
}

/** The URLs in a value, of any scheme and with blanks around them or not, as whoever opens them takes them too, each with the names of the members that lead to it. */
function* addressesIn(value: unknown, path: readonly string[] = []): Generator<[path: readonly string[], address: URL]> {
  if (typeof value === 'string') {
    if (URL.canParse(value)) yield [path, new URL(value)]
  } else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) yield* addressesIn(inner, [...path, name])
}

/** Refuses an AppId that is none of the account's apps, and one that is closed to who calls. */
function checkAppId(
  { input, account, key, fail }: RunContext<unknown, never>,
  access: Access | 'all',
  changes: boolean,
  adds: boolean,
): void {
  const { AppId } = input as { AppId?: unknown }
  if (typeof AppId !== 'string') return
  const app = account.vod.apps.get(AppId)
  if (AppId !== DEFAULT_APP_ID && (app === undefined || !hasApps(account)))
    (fail as (code: string, refusal: Refusal) => never)('InvalidParameter', {
      param: 'AppId',
      reason: 'is not the id of an app of this account; CreateAppInfo creates one',
    })
  if (access !== 'all' && !(changes ? access.changes : access.reads).has(AppId))
    forbid({ param: 'AppId', reason: `is ${AppId}, an app in which ${key.identity.arn} may ${changes ? 'change' : 'look up'} nothing` })
  // No manual says what a disabled app is kept from; nothing new comes into it, and what is there stays as it is.
  if (adds && app?.status === 'Disable') forbid({ param: 'AppId', reason: `is ${AppId}, an app that UpdateAppInfo has disabled` })
}
