/** Buttons; those that do something that takes time show that they are at it, and say what has come of it. */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { count } from '../lib/format.js'
import { stir } from '../lib/live.js'
import { t } from '../words/index.js'
import { Icon, type IconName } from './icons.js'
import { adviceOn, notify, notifyFailure } from './toasts.js'

type Look = 'usual' | 'primary' | 'quiet' | 'danger'

/** What a button is like. */
export type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'icon'> & { look?: Look; icon?: IconName; busy?: boolean }

export function Button({ look = 'usual', icon, busy = false, children, class: more, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button ${look} ${busy ? 'busy' : ''} ${String(more ?? '')}`}
      aria-busy={busy}
      disabled={rest.disabled || busy}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** Shows more of a list, of which so many rows are not drawn. */
export const More = ({ left, show }: { left: number; show: () => void }) =>
  left <= 0 ? null : (
    <Button onClick={show}>
      {t('common.more')} ({count(left)})
    </Button>
  )

/** A button that has the emulator do something: what went wrong is told, and the views ask again. `done`: what is told once it is done. */
export function ActionButton({
  run,
  done,
  ...rest
}: Omit<ButtonProps, 'onClick' | 'busy'> & { run: () => Promise<unknown>; done?: string }) {
  const [busy, start] = useAction(run, done)
  return <Button {...rest} busy={busy} onClick={start} />
}

/** Whether something that was started is under way, and what starts it: that resolves to whether it was done. */
export function useAction(
  run: () => Promise<unknown>,
  done?: string,
  onFailure: (error: unknown) => void = notifyFailure,
): [busy: boolean, start: () => Promise<boolean>] {
  const [busy, setBusy] = useState(false)
  const start = async (): Promise<boolean> => {
    setBusy(true)
    try {
      await run()
      if (done !== undefined) notify(done)
      stir()
      return true
    } catch (error) {
      onFailure(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return [busy, start]
}

/** The same of what a form sends, and why it was refused: that stands beside the form, which keeps what was typed. */
export function useSubmit(
  run: () => Promise<unknown>,
  done?: string,
): [busy: boolean, submit: () => Promise<boolean>, refusal: string | undefined] {
  const [refusal, setRefusal] = useState<string>()
  const send = () => {
    setRefusal(undefined)
    return run()
  }
  return [...useAction(send, done, (error) => setRefusal(adviceOn(error))), refusal]
}
