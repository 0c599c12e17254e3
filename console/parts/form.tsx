/** Fields of forms, each with its label and, where it helps, a hint. */

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../words/index.js'
import { Button } from './button.js'

interface Common {
  label: ComponentChildren
  hint?: ComponentChildren
  value: string
  onValue: (value: string) => void
  /** What was written cannot be, and why. */
  problem?: string | undefined
}

function Frame({
  id,
  label,
  hint,
  problem,
  children,
}: Pick<Common, 'label' | 'hint' | 'problem'> & { id: string; children: ComponentChildren }) {
  return (
    <div class={`field ${problem ? 'wrong' : ''}`}>
      <label for={id}>{label}</label>
      {children}
      {(problem ?? hint) && <small>{problem ?? hint}</small>}
    </div>
  )
}

type InputProps = Common & {
  choices?: readonly string[] | undefined
  type?: 'text' | 'search' | 'password'
  placeholder?: string
  required?: boolean
}

/** A line of text; with `choices`, those are offered. */
export function Field({ label, hint, value, onValue, problem, choices, ...rest }: InputProps) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <input
        autocomplete="off"
        spellcheck={false}
        {...(rest as { type?: 'text' })}
        id={id}
        value={value}
        list={choices && `${id}-choices`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {choices && (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </Frame>
  )
}

/** Several lines. */
export function Area({ label, hint, value, onValue, problem, rows = 4 }: Common & { rows?: number }) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <textarea id={id} rows={rows} spellcheck={false} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    </Frame>
  )
}

/** One of several. */
export function Choice({
  label,
  hint,
  value,
  onValue,
  options,
}: Common & { options: readonly (readonly [value: string, text: string])[] }) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} problem={undefined}>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** Why what a form has sent was refused, if it was. */
export const Refusal = ({ of: text }: { of: string | undefined }) =>
  text === undefined ? null : (
    <p class="refusal" role="alert">
      {text}
    </p>
  )

/** A dialog over the view. Escape closes it, and so does what `onSubmit` has done; either way the focus goes back to where it was. */
export function Dialog({
  title,
  onClose,
  onSubmit,
  submit,
  busy = false,
  danger = false,
  refusal,
  children,
}: {
  title: string
  onClose: () => void
  /** Resolves to whether it was done. */
  onSubmit?: () => Promise<boolean>
  submit?: string
  busy?: boolean
  danger?: boolean
  /** Why what it has sent was refused. */
  refusal?: string | undefined
  children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={async (event) => {
          event.preventDefault()
          if (await onSubmit?.()) dialog.current?.close()
        }}
      >
        <h2 id={id}>{title}</h2>
        <div class="dialog-body">
          {children}
          <Refusal of={refusal} />
        </div>
        <div class="buttons end">
          <Button onClick={() => dialog.current?.close()}>{t(onSubmit ? 'common.cancel' : 'common.close')}</Button>
          {onSubmit && (
            <Button type="submit" look={danger ? 'danger' : 'primary'} busy={busy}>
              {submit}
            </Button>
          )}
        </div>
      </form>
    </dialog>
  )
}

/** Views side by side, of which one is shown. Arrow keys go from one to the next. */
export function Tabs<Name extends string>({
  label,
  tabs,
  chosen,
  onChoose,
}: {
  label: string
  tabs: readonly (readonly [name: Name, text: string, count?: number])[]
  chosen: Name
  onChoose: (name: Name) => void
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = tabs[(tabs.findIndex(([name]) => name === chosen) + step + tabs.length) % tabs.length]
    if (next) onChoose(next[0])
    const list = event.currentTarget as HTMLElement
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected=true]')?.focus())
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(([name, text, count]) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === chosen}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {text}
          {count !== undefined && <span class="count">{count}</span>}
        </button>
      ))}
    </div>
  )
}
