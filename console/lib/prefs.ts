/** What the person at the screen has chosen. The account and the token are this tab's own, and gone with it; the rest is kept by the browser. */

import { effect, type Signal, signal } from '@preact/signals'

/** A language of the console. */
export type Language = 'en' | 'zh'

/** `system`: as the browser says. */
export type Theme = 'system' | 'light' | 'dark'

const PREFIX = 'vod-viapi-emulator.'

/** A choice that is kept in a storage; a browser that keeps nothing is none the worse for it. */
function kept<Value extends string>(storage: 'localStorage' | 'sessionStorage', name: string, otherwise: Value, values?: readonly Value[]) {
  const read = (): Value => {
    try {
      const value = window[storage].getItem(PREFIX + name) as Value | null
      return value !== null && (values === undefined || values.includes(value)) ? value : otherwise
    } catch {
      return otherwise
    }
  }
  const choice: Signal<Value> = signal(read())
  effect(() => {
    const { value } = choice
    try {
      if (value === otherwise && values === undefined) window[storage].removeItem(PREFIX + name)
      else window[storage].setItem(PREFIX + name, value)
    } catch {}
  })
  return choice
}

const browserLanguage: Language = navigator.languages
  .find((each) => /^(?:zh|en)\b/i.test(each))
  ?.toLowerCase()
  .startsWith('zh')
  ? 'zh'
  : 'en'

export const language = kept<Language>('localStorage', 'language', browserLanguage, ['en', 'zh'])
export const theme = kept<Theme>('localStorage', 'theme', 'system', ['system', 'light', 'dark'])

/** Access key of the account that is looked at; empty: the default account. */
export const chosenAccount = kept<string>('sessionStorage', 'account', '')

/** What the emulator was started with as `--control-token`; empty: none was asked for. */
export const controlToken = kept<string>('sessionStorage', 'token', '')

effect(() => {
  const { classList, dataset } = document.documentElement
  dataset.theme = theme.value
  classList.toggle('zh', language.value === 'zh')
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})
