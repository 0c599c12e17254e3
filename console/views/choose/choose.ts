/** Which account is looked at. */

import { type AnswerTo, call } from '../../lib/api.js'
import { type AccountInfo, accounts } from '../../lib/known.js'
import { chosenAccount } from '../../lib/prefs.js'

/** Keys that were made here: the emulator tells them once more among the keys of the account. */
export type NewKeys = Pick<AnswerTo<'POST /accounts/fork'>, 'accountId' | 'accessKeyId' | 'accessKeySecret'>

/** Looks at an account from now on. */
export function choose({ accessKeyId }: Pick<AccountInfo, 'accessKeyId'>): void {
  const isDefault = accounts.value.find((each) => each.accessKeyId === accessKeyId)?.isDefault ?? false
  chosenAccount.value = isDefault ? '' : accessKeyId
}

/** Looks at an account that was just made. */
export async function chooseNew(keys: NewKeys): Promise<void> {
  accounts.value = await call('GET /accounts')
  choose(keys)
}
