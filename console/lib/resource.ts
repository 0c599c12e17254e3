/** What is asked of the emulator for a view, and asked again when something has happened. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { type Topic, tickOf } from './live.js'
import { chosenAccount, controlToken } from './prefs.js'

/** Something that was asked for. */
export interface Resource<Value> {
  /** What came last; `undefined` until something has. */
  value: Value | undefined
  error: Error | undefined
  /** Asks again at once. */
  reload: () => void
}

/** Milliseconds between two askings, however much happens. */
const PAUSE = 400

/**
 * Asks with `load`, again whenever one of the topics has news, and anew when `keys` or the account change. What comes late, of former keys, is not taken.
 */
export function useResource<Value>(
  load: (stop: AbortSignal) => Promise<Value>,
  keys: readonly unknown[],
  topics: readonly Topic[] = [],
): Resource<Value> {
  const [state, setState] = useState<{ value: Value | undefined; error: Error | undefined }>({ value: undefined, error: undefined })
  const latest = useRef(load)
  latest.current = load
  const reload = useRef(() => {})
  useEffect(() => {
    const stop = new AbortController()
    let [busy, again] = [false, false]
    const run = async () => {
      again = busy
      if (busy) return
      busy = true
      try {
        const value = await latest.current(stop.signal)
        if (!stop.signal.aborted) setState({ value, error: undefined })
      } catch (error) {
        if (!stop.signal.aborted) setState((former) => ({ ...former, error: error as Error }))
      }
      if (stop.signal.aborted) return
      setTimeout(() => {
        busy = false
        if (again && !stop.signal.aborted) void run()
      }, PAUSE)
    }
    reload.current = () => void run()
    setState({ value: undefined, error: undefined })
    void run()
    const ends = topics.map((topic) => {
      let isFirst = true
      return tickOf(topic).subscribe(() => {
        if (!isFirst) void run()
        isFirst = false
      })
    })
    return () => {
      stop.abort()
      for (const end of ends) end()
    }
  }, [...keys, chosenAccount.value, controlToken.value])
  return { ...state, reload: () => reload.current() }
}
