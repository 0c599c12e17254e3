/** A new account. */

import { useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { useResource } from '../../lib/resource.js'
import { useSubmit } from '../../parts/button.js'
import { Choice, Dialog, Field } from '../../parts/form.js'
import { t } from '../../words/index.js'
import type { NewKeys } from '../choose/choose.js'

export function Create({ onClose, onMade }: { onClose: () => void; onMade: (keys: NewKeys) => void }) {
  const worlds = useResource((signal) => call('GET /worlds', { signal }), []).value ?? []
  const [seed, setSeed] = useState('')
  const [mode, setMode] = useState('')
  const [world, setWorld] = useState('')
  const [busy, start, refusal] = useSubmit(async () => {
    const body = {
      ...(seed !== '' && { seed }),
      ...(mode !== '' && { clock: { mode: mode as 'manual' } }),
      ...(world !== '' && { world }),
    }
    onMade(await call('POST /accounts', { body }))
  })
  return (
    <Dialog title={t('accounts.create')} submit={t('accounts.createIt')} busy={busy} refusal={refusal} onClose={onClose} onSubmit={start}>
      <Field label={t('accounts.seed')} hint={t('accounts.seedHint')} value={seed} onValue={setSeed} />
      <Choice
        label={t('accounts.clock')}
        value={mode}
        onValue={setMode}
        options={[
          ['', t('accounts.asStarted')],
          ['manual', t('clock.manual')],
          ['system', t('clock.system')],
        ]}
      />
      <Choice
        label={t('accounts.world')}
        value={world}
        onValue={setWorld}
        options={[
          ['', t('accounts.noWorld')],
          ...worlds.map(({ name, description }): [string, string] => [name, `${name}: ${description}`]),
        ]}
      />
    </Dialog>
  )
}
