/** What several views need to know: the accounts, the clock of the chosen one, the catalogue. */

import { effect, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Change } from '../../src/following/change.js'
import { type AnswerTo, call } from './api.js'
import { onChanges, tickOf } from './live.js'
import { chosenAccount, controlToken } from './prefs.js'

/** An account in the list of all. */
export type AccountInfo = AnswerTo<'GET /accounts'>[number]

/** An Action in the catalogue. */
export type ActionInfo = AnswerTo<'GET /actions'>[number]

/** A kind of job. */
export type JobKindInfo = AnswerTo<'GET /job-kinds'>[number]

export const accounts = signal<readonly AccountInfo[]>([])

/** Name and version of the emulator. */
export const emulator = signal<{ name: string; version: string } | undefined>(undefined)

/** The clock of the chosen account, and when this page was told of it. */
export const clock = signal<(AnswerTo<'GET /clock'> & { told: number }) | undefined>(undefined)

/** What fell due with the last moves of the clock, newest first. */
export const fired = signal<AnswerTo<'GET /clock/due'>>([])

/** The chosen account. */
export const account = (): AccountInfo | undefined =>
  accounts.value.find(({ accessKeyId, isDefault }) => (chosenAccount.value === '' ? isDefault : accessKeyId === chosenAccount.value))

/** Access key of an account that was looked at, and that somebody else has disposed of since; empty: there is none. */
export const goneAccount = signal('')

const MAX_FIRED = 50

type Move = AnswerTo<'POST /clock/advance'>

/** Takes over where the clock stands now. What fell due is told by the stream. */
export function moved({ fired: _, ...state }: Move): void {
  clock.value = { ...state, told: performance.now() }
}

function takeClock(changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.type !== 'clock') continue
    const { mode, now, speed, pending, fired: items } = change
    clock.value = { mode, now, speed, pending, told: performance.now() }
    if (items.length > 0) fired.value = [...items.toReversed(), ...fired.value].slice(0, MAX_FIRED)
  }
}

/** The time of the chosen account's clock in milliseconds since 1970, as far as this page knows. */
export function nowOf(state: { mode: string; now: string; speed: number; told: number }): number {
  const since = state.mode === 'system' ? (performance.now() - state.told) * state.speed : 0
  return Date.parse(state.now) + since
}

/** The same, again and again: as often as somebody could see it. */
export function useNow(): number | undefined {
  const state = clock.value
  const [, tick] = useState(0)
  const isMoving = state?.mode === 'system'
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => tick((count) => count + 1), 500)
    return () => clearInterval(timer)
  }, [isMoving])
  return state && nowOf(state)
}

/** Asks for it whenever there is news of it. Who asks for more than that tells what goes wrong. */
export function keepKnown(): void {
  onChanges(takeClock)
  effect(() => {
    void [tickOf('accounts').value, controlToken.value]
    call('GET /accounts').then(
      (list) => {
        accounts.value = list
        // The account may be gone, or the emulator another one.
        const { value: chosen } = chosenAccount
        if (chosen === '' || list.some(({ accessKeyId }) => accessKeyId === chosen)) return
        chosenAccount.value = ''
        goneAccount.value = chosen
      },
      () => {},
    )
  })
  effect(() => {
    void [tickOf('clock').value, controlToken.value]
    const about = chosenAccount.value
    call('GET /clock', { about }).then(
      (state) => {
        if (about === chosenAccount.value) clock.value = { ...state, told: performance.now() }
      },
      () => {},
    )
  })
  effect(() => {
    void chosenAccount.value
    fired.value = []
    goneAccount.value = ''
  })
  effect(() => {
    void controlToken.value
    call('GET /health').then(
      ({ name, version }) => {
        emulator.value = { name, version }
      },
      () => {},
    )
  })
}

/** Asked for once, and again after it could not be had. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => {
    asked ??= load().catch((error) => {
      asked = undefined
      throw error
    })
    return asked
  }
}

/** The catalogue. */
export const loadActions = once(() => call('GET /actions'))

/** What is known once it was asked for; asked for again, with every news of the emulator, until it has come. */
export function useKnown<Value>(load: () => Promise<Value>): Value | undefined {
  const [value, setValue] = useState<Value>()
  useEffect(
    () =>
      tickOf('accounts').subscribe(() => {
        load().then(setValue, () => {})
      }),
    [load],
  )
  return value
}
