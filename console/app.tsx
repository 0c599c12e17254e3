/** The frame: navigation, what stands above every view, and the view itself. */

import type { FunctionComponent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Header } from './header.js'
import { isReached, needsToken } from './lib/api.js'
import { emulator, goneAccount } from './lib/known.js'
import { chosenAccount, controlToken } from './lib/prefs.js'
import { link, place } from './lib/router.js'
import { Button } from './parts/button.js'
import { Field } from './parts/form.js'
import { Icon } from './parts/icons.js'
import { Toasts } from './parts/toasts.js'
import { AccountsView } from './views/accounts/view.js'
import { ActionsView } from './views/actions/view.js'
import { CallsView } from './views/calls/view.js'
import { EventsView } from './views/events/view.js'
import { FaultsView } from './views/faults/view.js'
import { JobsView } from './views/jobs/view.js'
import { MediaView } from './views/media/view.js'
import { OssView } from './views/oss/view.js'
import { t } from './words/index.js'

const views = {
  calls: CallsView,
  jobs: JobsView,
  faults: FaultsView,
  media: MediaView,
  oss: OssView,
  events: EventsView,
  accounts: AccountsView,
  actions: ActionsView,
} as const satisfies Record<string, FunctionComponent<{ parts: readonly string[] }>>

type ViewName = keyof typeof views

const names = Object.keys(views) as ViewName[]

function Navigation({ current }: { current: ViewName }) {
  return (
    <nav class="side" aria-label={t('app.views')}>
      <a class="brand" href={link('calls')}>
        <img src="./icon.svg" alt="" width="22" height="22" />
        <span>
          vod-viapi-emulator
          <small>{emulator.value?.version}</small>
        </span>
      </a>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <a href={link(name)} aria-current={name === current ? 'page' : undefined}>
              <Icon name={name} />
              {t(`nav.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function TokenForm() {
  const [token, setToken] = useState('')
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault()
        controlToken.value = token.trim()
      }}
    >
      <h2>{t('token.title')}</h2>
      <p>{t(controlToken.value === '' ? 'token.help' : 'token.wrong')}</p>
      <div class="row">
        <Field label={t('token.label')} type="password" value={token} onValue={setToken} required />
        <Button type="submit" look="primary">
          {t('token.use')}
        </Button>
      </div>
    </form>
  )
}

/** Tells that it is another account that is looked at now. */
const Gone = ({ accessKeyId }: { accessKeyId: string }) => (
  <div class="notice bad row" role="alert">
    <p>{t('app.goneAccount', { key: accessKeyId })}</p>
    <Button
      look="quiet"
      class="small"
      icon="close"
      aria-label={t('common.close')}
      onClick={() => {
        goneAccount.value = ''
      }}
    />
  </div>
)

export function App() {
  const [first = '', ...parts] = place.value
  const current: ViewName = names.find((name) => name === first) ?? 'calls'
  const View: FunctionComponent<{ parts: readonly string[] }> = views[current]
  const main = useRef<HTMLElement>(null)
  const view = `${current} ${chosenAccount.value}`
  const shown = useRef(view)
  useEffect(() => {
    // What had the focus has gone with the view before.
    if (shown.current !== view && document.activeElement === document.body) main.current?.focus()
    shown.current = view
  }, [view])
  useEffect(() => {
    document.title = `${t(`nav.${current}`)} · ${t('app.title')}`
  })
  return (
    <div class="app">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <Navigation current={current} />
      <div class="stage">
        <Header />
        {!isReached.value && (
          <p class="notice bad" role="alert">
            {t('live.lostHelp')}
          </p>
        )}
        {goneAccount.value !== '' && <Gone accessKeyId={goneAccount.value} />}
        <main ref={main} id="content" tabIndex={-1}>
          <h1 class="hidden">{t(`nav.${current}`)}</h1>
          {needsToken.value ? <TokenForm /> : <View key={view} parts={parts} />}
        </main>
      </div>
      <Toasts />
    </div>
  )
}
