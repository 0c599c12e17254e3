/** Time lines. */

import { dateTime, duration, shortTime } from '../lib/format.js'
import type { Span } from '../lib/timeline.js'
import { t } from '../words/index.js'

/** What part of the account's time is shown, in milliseconds since 1970. */
export interface Window {
  from: number
  until: number
}

/** Where an instant is, in percent. */
const placeIn = ({ from, until }: Window, time: number): number =>
  until > from ? Math.min(Math.max(((time - from) / (until - from)) * 100, 0), 100) : 0

/** Stages in a line, and where the clock stands. */
export function Track({ spans, window, now, names = false }: { spans: readonly Span[]; window: Window; now: number; names?: boolean }) {
  const text = spans.map(({ name, from, until }) => `${name || t('jobs.wait')} ${duration(until - from)}`).join(' → ')
  return (
    <span class={`track ${names ? 'tall' : ''}`} role="img" aria-label={text} title={text}>
      {spans.map(({ name, from, until, is }, index) => {
        const left = placeIn(window, from)
        return (
          <span key={index} class={`span ${is}`} style={{ left: `${left}%`, width: `${Math.max(placeIn(window, until) - left, 0.4)}%` }}>
            {names && name}
          </span>
        )
      })}
      {now >= window.from && now <= window.until && <span class="now" style={{ left: `${placeIn(window, now)}%` }} />}
    </span>
  )
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800].map(
  (each) => each * 1000,
)

/** The times above time lines. */
export function Axis({ window }: { window: Window }) {
  const { from, until } = window
  const step = STEPS.find((each) => (until - from) / each <= 5) ?? (until - from) / 4
  const first = Math.ceil(from / step) * step
  // The last one would not fit.
  const last = until - (until - from) * 0.06
  const marks = Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step)
  return (
    <span class="axis" aria-hidden="true">
      {marks.map((time) => (
        <span
          key={time}
          class={placeIn(window, time) < 6 ? 'first' : ''}
          style={{ left: `${placeIn(window, time)}%` }}
          title={dateTime(time)}
        >
          {shortTime(time)}
        </span>
      ))}
    </span>
  )
}
