/** What stands above every view: the account, its clock, whether the emulator is there, language and theme. */

import { day, timeOfDay } from './lib/format.js'
import { account, accounts, clock, useNow } from './lib/known.js'
import { liveState, stir } from './lib/live.js'
import { chosenAccount, language, type Theme, theme } from './lib/prefs.js'
import { Icon, type IconName } from './parts/icons.js'
import { ClockButtons } from './views/clock/buttons.js'
import { t } from './words/index.js'

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const ICONS: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' }

function AccountChooser() {
  const chosen = account()
  return (
    <div class="account-chooser">
      <label for="account">{t('head.account')}</label>
      <select
        id="account"
        value={chosen?.accessKeyId ?? ''}
        onFocus={() => stir('accounts')}
        onChange={({ currentTarget: { value } }) => {
          chosenAccount.value = accounts.value.find(({ accessKeyId }) => accessKeyId === value)?.isDefault ? '' : value
        }}
      >
        {accounts.value.map(({ accessKeyId, accountId, isDefault }) => (
          <option key={accessKeyId} value={accessKeyId}>
            {accessKeyId} · {isDefault ? t('head.defaultAccount') : accountId}
          </option>
        ))}
      </select>
    </div>
  )
}

function ClockFace() {
  const now = useNow()
  const state = clock.value
  if (now === undefined || state === undefined) return <span class="clock-face" />
  return (
    <span class="clock-face" role="timer" aria-label={t('head.clock')}>
      <span class="muted">{day(now)}</span>
      <time>{state.mode === 'system' ? timeOfDay(now).slice(0, 8) : timeOfDay(now)}</time>
      <span class="muted">UTC</span>
      <span class={`badge ${state.mode === 'manual' ? 'accent' : 'plain'}`}>
        {state.mode === 'manual' ? t('head.manual') : state.speed === 1 ? t('head.system') : t('head.speed', { speed: state.speed })}
      </span>
    </span>
  )
}

export const Header = () => (
  <header class="top">
    <AccountChooser />
    <div class="clock">
      <ClockFace />
      <ClockButtons steps={['1s', '10s', '1m', '10m', '1h']} />
    </div>
    <div class="top-end">
      <span class={`live ${liveState.value}`} role="status">
        {t(`live.${liveState.value}`)}
      </span>
      <button
        type="button"
        class="button quiet small"
        lang={language.value === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => {
          language.value = language.value === 'zh' ? 'en' : 'zh'
        }}
      >
        {t('head.language')}
      </button>
      <button
        type="button"
        class="button quiet small"
        aria-label={t('head.theme', { theme: t(`theme.${theme.value}`) })}
        title={t('head.theme', { theme: t(`theme.${theme.value}`) })}
        onClick={() => {
          theme.value = NEXT[theme.value]
        }}
      >
        <Icon name={ICONS[theme.value]} />
      </button>
    </div>
  </header>
)
