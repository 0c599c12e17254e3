/** All accounts, and what the chosen one has. */

import { useEffect, useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { dateTime } from '../../lib/format.js'
import { type AccountInfo, account, accounts } from '../../lib/known.js'
import { stir } from '../../lib/live.js'
import { chosenAccount } from '../../lib/prefs.js'
import { go } from '../../lib/router.js'
import { ActionButton, Button, useSubmit } from '../../parts/button.js'
import { Dialog, Tabs } from '../../parts/form.js'
import { Badge, Facts, Id, Loading, Secret } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { choose, chooseNew, type NewKeys } from '../choose/choose.js'
import { Create } from './create.js'
import { Keys } from './keys.js'
import { Limits } from './limits.js'
import { Settings } from './settings.js'
import { State } from './state.js'
import { Usage } from './usage.js'

const NAMES = ['keys', 'settings', 'limits', 'usage', 'state'] as const

const views = { keys: Keys, settings: Settings, limits: Limits, usage: Usage, state: State }

/** Asks before something is done that cannot be undone. */
function Ask({
  title,
  text,
  submit,
  run,
  onClose,
  done,
}: {
  title: string
  text: string
  submit: string
  run: () => Promise<unknown>
  onClose: () => void
  done: string
}) {
  const [busy, start, refusal] = useSubmit(run, done)
  return (
    <Dialog title={title} submit={submit} busy={busy} refusal={refusal} danger onClose={onClose} onSubmit={start}>
      <p>{text}</p>
      <p class="muted">{t('common.sure')}</p>
    </Dialog>
  )
}

function Row({ info, isChosen, onAsk }: { info: AccountInfo; isChosen: boolean; onAsk: (what: 'reset' | 'dispose') => void }) {
  const { accessKeyId, accountId, isDefault, seed, clock, now, scenarios } = info
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <td>
        <code>{accessKeyId}</code> {isDefault && <Badge>{t('head.defaultAccount')}</Badge>}{' '}
        {isChosen && <Badge tone="accent">{t('accounts.chosen')}</Badge>}
      </td>
      <td>
        <code>{accountId}</code>
      </td>
      <td>{seed}</td>
      <td>
        <time>{dateTime(now)}</time> <span class="muted">{t(`head.${clock}`)}</span>
        {scenarios.map((name) => (
          <Badge key={name} tone="warn">
            {name}
          </Badge>
        ))}
      </td>
      <td>
        <div class="buttons end">
          {!isChosen && (
            <Button class="small" aria-label={`${t('accounts.choose')}: ${accessKeyId}`} onClick={() => choose(info)}>
              {t('accounts.choose')}
            </Button>
          )}
          {isChosen && (
            <>
              <ActionButton class="small" run={async () => chooseNew(await call('POST /accounts/fork'))} done={t('accounts.forked')}>
                {t('accounts.fork')}
              </ActionButton>
              <Button class="small" onClick={() => onAsk('reset')}>
                {t('accounts.reset')}
              </Button>
              {!isDefault && (
                <Button class="small" look="danger" onClick={() => onAsk('dispose')}>
                  {t('accounts.dispose')}
                </Button>
              )}
            </>
          )}
        </div>
      </td>
    </tr>
  )
}

/** Accounts that are listed; the others are in the chooser above. */
const MOST = 100

function All({ onCreate }: { onCreate: () => void }) {
  const [asked, ask] = useState<'reset' | 'dispose'>()
  const chosen = account()
  const listed = accounts.value.filter((each, index) => index < MOST || each === chosen)
  return (
    <section class="card">
      <header>
        <h2>
          {t('accounts.title')} <span class="count">{accounts.value.length}</span>
        </h2>
        <Button look="primary" onClick={onCreate}>
          {t('accounts.create')}
        </Button>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">AccessKeyId</th>
            <th scope="col">AccountId</th>
            <th scope="col">{t('accounts.seed')}</th>
            <th scope="col">{t('accounts.clock')}</th>
            <th scope="col">
              <span class="hidden">{t('accounts.choose')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((info) => (
            <Row key={info.accessKeyId} info={info} isChosen={info === chosen} onAsk={ask} />
          ))}
        </tbody>
      </table>
      {asked === 'reset' && (
        <Ask
          title={t('accounts.resetTitle')}
          text={t('accounts.resetHelp')}
          submit={t('accounts.reset')}
          done={t('accounts.resetDone')}
          run={() => call('POST /reset')}
          onClose={() => ask(undefined)}
        />
      )}
      {asked === 'dispose' && chosen && (
        <Ask
          title={t('accounts.disposeTitle')}
          text={t('accounts.disposeHelp')}
          submit={t('accounts.dispose')}
          done={t('accounts.disposed')}
          run={async () => {
            await call('DELETE /accounts', { about: chosen.accessKeyId })
            chosenAccount.value = ''
          }}
          onClose={() => ask(undefined)}
        />
      )}
    </section>
  )
}

const NewKeysDialog = ({ keys, onClose }: { keys: NewKeys; onClose: () => void }) => (
  <Dialog title={t('accounts.newKeys')} onClose={onClose}>
    <Facts
      of={[
        ['AccountId', <Id>{keys.accountId}</Id>],
        ['AccessKeyId', <Id>{keys.accessKeyId}</Id>],
        ['AccessKeySecret', <Secret text={keys.accessKeySecret} name="AccessKeySecret" />],
      ]}
    />
  </Dialog>
)

export function AccountsView({ parts: [first = ''] }: { parts: readonly string[] }) {
  const [isCreating, setCreating] = useState(false)
  const [made, setMade] = useState<NewKeys>()
  const chosen = NAMES.find((name) => name === first) ?? 'keys'
  const View = views[chosen]
  // The stream is of one account: others may have come meanwhile.
  useEffect(() => stir('accounts'), [])
  if (accounts.value.length === 0) return <Loading />
  return (
    <div class="page">
      <All onCreate={() => setCreating(true)} />
      <section class="card tabbed">
        <Tabs
          label={t('accounts.tabs')}
          chosen={chosen}
          onChoose={(name) => go('accounts', name)}
          tabs={NAMES.map((name) => [name, t(`accounts.${name}`)] as const)}
        />
        <div class="tab">
          <View key={chosen} />
        </div>
      </section>
      {isCreating && <Create onClose={() => setCreating(false)} onMade={setMade} />}
      {made && !isCreating && (
        <NewKeysDialog
          keys={made}
          onClose={() => {
            setMade(undefined)
            void chooseNew(made).then(() => stir())
          }}
        />
      )}
    </div>
  )
}
