/** Going back to what the account was before a call: in an account of its own. */

import { call } from '../../lib/api.js'
import type { LogEntry } from '../../lib/calls.js'
import { link } from '../../lib/router.js'
import { useAction } from '../../parts/button.js'
import { Icon } from '../../parts/icons.js'
import { notify } from '../../parts/toasts.js'
import { t } from '../../words/index.js'
import { chooseNew } from '../choose/choose.js'

/** Offers to fork at a call; where nothing is kept, it leads to the setting that has it kept. */
export function ForkHere({ requestId, forkable }: LogEntry) {
  const [busy, fork] = useAction(async () => {
    const keys = await call('POST /requests/{requestId}/fork', { params: { requestId } })
    await chooseNew(keys)
    notify(t('calls.forked', { key: keys.accessKeyId }))
  })
  if (!forkable)
    return (
      <a class="button quiet small" href={link('accounts', 'settings')} title={t('calls.keepHelp')}>
        <Icon name="fork" />
        {t('calls.keep')}
      </a>
    )
  return (
    <button type="button" class="button small" title={t('calls.forkHelp')} disabled={busy} onClick={fork}>
      <Icon name="fork" />
      {t('calls.fork')}
    </button>
  )
}
