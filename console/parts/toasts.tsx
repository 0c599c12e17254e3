/** What is told beside the view: what was done, and what went wrong until it is closed. */

import { signal } from '@preact/signals'
import { ControlError } from '../lib/api.js'
import { t } from '../words/index.js'
import { Icon } from './icons.js'

interface Toast {
  id: number
  tone: 'good' | 'bad'
  text: string
}

const toasts = signal<readonly Toast[]>([])
let last = 0

const SHOWN_FOR = 4000

function add(tone: Toast['tone'], text: string): void {
  const toast = { id: ++last, tone, text }
  toasts.value = [...toasts.value.filter((each) => each.text !== text), toast].slice(-4)
  if (tone === 'good') setTimeout(() => drop(toast.id), SHOWN_FOR)
}

const drop = (id: number): void => {
  toasts.value = toasts.value.filter((each) => each.id !== id)
}

/** Tells what was done. */
export const notify = (text: string): void => add('good', text)

/** Tells what went wrong, and what can be done about it. */
export const notifyFailure = (error: unknown): void => add('bad', adviceOn(error))

/** What went wrong, and what can be done about it. */
export function adviceOn(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown.message : String(thrown)
  if (!(thrown instanceof ControlError)) return error
  const { status } = thrown
  if (status === 0) return t('error.network', { error })
  if (status === 401) return t('error.token')
  if (status === 403) return t('error.forbidden', { error })
  return t(status >= 500 ? 'error.bug' : 'error.refused', { error })
}

export const Toasts = () => (
  <div class="toasts">
    {toasts.value.map(({ id, tone, text }) => (
      <div key={id} class={`toast ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
        <Icon name={tone === 'bad' ? 'warning' : 'check'} />
        <p>{text}</p>
        <button type="button" class="button quiet small" aria-label={t('common.close')} onClick={() => drop(id)}>
          <Icon name="close" />
        </button>
      </div>
    ))}
  </div>
)
