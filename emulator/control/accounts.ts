/** Accounts: listing, creating, copying, resetting and disposing of them; their settings. */

import { accountRoutes } from '../../src/control/accounts.js'
import { limitsOf } from '../../src/gateway/throttle.js'
import { type Account, toIso } from '../../src/index.js'
import { type Control, serveRoutes } from './serve.js'

export function serveAccounts(control: Control): void {
  const { cloud } = control
  serveRoutes(control, accountRoutes(cloud.settingsSchema), {
    'GET /accounts': () => cloud.accounts().map((account) => inList(account, account === cloud.account())),
    'POST /accounts': ({ body }) => {
      const account = cloud.createAccount(body)
      return { accountId: account.accountId, ...account.credentials }
    },
    'DELETE /accounts': ({ account }) => {
      cloud.disposeAccount(account)
      return { accountId: account.accountId, disposed: true }
    },
    'POST /accounts/fork': async ({ account }) => keysOf(await account.fork()),
    'POST /reset': async ({ account }) => {
      await account.reset()
      return { accountId: account.accountId, reset: true }
    },
    'GET /limits': ({ account }) => limitsOf(account),
    'GET /settings': ({ account }) => account.settings.toJSON(),
    'PUT /settings': async ({ account, body }) => {
      await account.turn.take(() => account.settings.change(body))
      return account.settings.toJSON()
    },
  })
}

const inList = ({ accountId, credentials, options, clock, scenarios }: Account, isDefault: boolean) => ({
  accountId,
  accessKeyId: credentials.accessKeyId,
  isDefault,
  seed: options.seed,
  clock: clock.mode,
  now: toIso(clock.now()),
  scenarios: scenarios.inForce,
})

/** An account whose keys may be news, with those of its RAM users. */
export const keysOf = ({ accountId, credentials, ram }: Account) => ({
  accountId,
  ...credentials,
  users: ram.users.map(({ name, key }) => ({
    name,
    ...(key && { accessKeyId: key.accessKeyId, accessKeySecret: key.accessKeySecret }),
  })),
})
