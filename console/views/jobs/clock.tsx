/** The account's clock: how it goes, what falls due next, what fell due. */

import { useEffect, useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { count, dateTime, duration, timeOfDay } from '../../lib/format.js'
import { clock, fired, moved, useNow } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { Button, useAction, useSubmit } from '../../parts/button.js'
import { Choice, Field, Refusal } from '../../parts/form.js'
import { readNumber } from '../../parts/json.js'
import { t } from '../../words/index.js'
import { advance, ClockButtons } from '../clock/buttons.js'

const DUE = 8

function Mode() {
  const state = clock.value
  const [mode, setMode] = useState<string>()
  const [speed, setSpeed] = useState<string>()
  useEffect(() => {
    setMode(undefined)
    setSpeed(undefined)
  }, [state?.mode, state?.speed])
  const chosen = mode ?? state?.mode ?? 'system'
  const [busy, apply, refusal] = useSubmit(async () => {
    const rate = readNumber(speed ?? '') as number
    moved(
      await call('PUT /clock', { body: { mode: chosen as 'system', ...(speed !== undefined && chosen === 'system' && { speed: rate }) } }),
    )
  }, t('clock.changed'))
  const isChanged = (mode !== undefined && mode !== state?.mode) || (speed !== undefined && Number(speed) !== state?.speed)
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        void apply()
      }}
    >
      <Choice
        label={t('clock.mode')}
        value={chosen}
        onValue={setMode}
        options={[
          ['manual', t('clock.manual')],
          ['system', t('clock.system')],
        ]}
      />
      {chosen === 'system' && (
        <Field label={`${t('clock.speed')} (${t('clock.speedHint')})`} value={speed ?? String(state?.speed ?? 1)} onValue={setSpeed} />
      )}
      {isChanged && (
        <Button type="submit" look="primary" busy={busy}>
          {t('clock.set')}
        </Button>
      )}
      <Refusal of={refusal} />
    </form>
  )
}

function Advance({ next }: { next: string | undefined }) {
  const [to, setTo] = useState('')
  const [busy, start, refusal] = useSubmit(() => advance(to.trim()))
  const [jumping, jump] = useAction(() => advance(next ?? ''))
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        if (to.trim() !== '') void start()
      }}
    >
      <Field label={t('clock.advanceTo')} placeholder={t('clock.advanceHint')} value={to} onValue={setTo} />
      <Button type="submit" busy={busy} disabled={to.trim() === ''}>
        {t('clock.advance')}
      </Button>
      <Button icon="forward" busy={jumping} disabled={next === undefined} onClick={jump}>
        {t('clock.next')}
      </Button>
      <Refusal of={refusal} />
    </form>
  )
}

/** Of an id, its beginning is enough. */
const UUID = /\b([0-9A-F]{8})-[0-9A-F-]{27}\b/gi

const Items = ({ items, now }: { items: readonly { at: string; what: string }[]; now?: number | undefined }) => (
  <ol class="due">
    {items.map(({ at, what }, index) => (
      <li key={`${at} ${what} ${index}`}>
        <time title={dateTime(at)}>{timeOfDay(at)}</time>
        {now !== undefined && <span class="muted">{t('clock.in', { time: duration(Math.max(0, Date.parse(at) - now)) })}</span>}
        <span class="what" title={what}>
          {what.replace(UUID, '$1')}
        </span>
      </li>
    ))}
  </ol>
)

export function ClockCard() {
  const now = useNow()
  const due = useResource((signal) => call('GET /clock/due', { query: { limit: DUE }, signal }), [], ['clock', 'jobs'])
  const items = due.value ?? []
  return (
    <section class="card clock-card">
      <header>
        <h2>{t('clock.title')}</h2>
        <ClockButtons steps={['1s', '10s', '1m', '10m', '1h', '1d']} />
      </header>
      <div class="clock-tools">
        <Mode />
        <Advance next={items[0]?.at} />
      </div>
      <div class="columns">
        <div>
          <h3>
            {t('clock.due')} <span class="count">{clock.value && t('clock.pending', { n: count(clock.value.pending) })}</span>
          </h3>
          {items.length === 0 ? <p class="muted">{t('clock.noDue')}</p> : <Items items={items} now={now} />}
        </div>
        <div>
          <h3>{t('clock.fired')}</h3>
          {fired.value.length === 0 ? <p class="muted">{t('clock.noFired')}</p> : <Items items={fired.value.slice(0, DUE)} />}
        </div>
      </div>
    </section>
  )
}
