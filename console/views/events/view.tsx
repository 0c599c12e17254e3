/** Event notifications: what happened, who was told, and every attempt at it. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { count, dateTime, duration, shortId, timeOfDay } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { go, link } from '../../lib/router.js'
import { ActionButton, Button } from '../../parts/button.js'
import { Choice, Field } from '../../parts/form.js'
import { type Column, Grid } from '../../parts/grid.js'
import { Panel, Section, Split } from '../../parts/panel.js'
import { Badge, Copy, Empty, Facts, Failure, Id, Json, Loading, type Tone } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { Simulate } from './simulate.js'

type Event = AnswerTo<'GET /events'>[number]

const STATES = ['due', 'delivered', 'dropped', 'notSent'] as const

const TONES: Readonly<Record<Event['state'], Tone>> = { due: 'accent', delivered: 'good', dropped: 'bad', notSent: 'plain' }

const State = ({ state }: Pick<Event, 'state'>) => <Badge tone={TONES[state]}>{t(`events.${state}`)}</Badge>

const receiverOf = ({ destination }: Event): string =>
  destination.to === 'HTTP' ? destination.url : destination.to === 'MNS' ? `MNS ${destination.queue}` : t('events.nobody')

const columns = (isNarrow: boolean): Column<Event>[] => [
  { name: 'mono', head: t('common.time'), width: '96px', cell: ({ time }) => <span title={dateTime(time)}>{timeOfDay(time)}</span> },
  { name: 'type', head: t('events.type'), width: 'minmax(150px, 1fr)', cell: ({ type }) => type },
  { name: 'state', head: t('common.state'), width: '100px', cell: State },
  ...(isNarrow
    ? []
    : [
        { name: 'muted', head: t('events.to'), width: 'minmax(0, 1.4fr)', cell: receiverOf },
        { name: 'number', head: t('events.attempts'), width: '80px', cell: ({ attempts }: Event) => attempts.length },
      ]),
]

const keyOf = ({ id }: Event): string => id

const Attempts = ({ attempts }: Pick<Event, 'attempts'>) =>
  attempts.length === 0 ? (
    <p class="muted">{t('events.noAttempts')}</p>
  ) : (
    <ol class="lines">
      {attempts.map(({ at, status, error, elapsedMs, fault }, index) => (
        <li key={index}>
          <time title={dateTime(at)}>{timeOfDay(at)}</time>
          <Badge tone={status === 200 ? 'good' : 'bad'}>{status ?? t('events.noAnswer')}</Badge>
          <span class="muted">{error ?? t('events.attemptTook', { time: duration(elapsedMs) })}</span>
          {fault && <a href={link('faults')}>{fault}</a>}
        </li>
      ))}
    </ol>
  )

function EventPanel({ event, onClose }: { event: Event | undefined; onClose: () => void }) {
  if (event === undefined)
    return (
      <Panel title={t('nav.events')} onClose={onClose}>
        <p class="muted">{t('events.gone')}</p>
      </Panel>
    )
  const { id, cause } = event
  return (
    <Panel
      title={event.type}
      sub={<State state={event.state} />}
      tools={
        <ActionButton
          class="small"
          disabled={event.destination.to === 'nobody'}
          run={async () => {
            const sent = await call('POST /events/{id}/send', { params: { id } })
            go('events', sent.id)
          }}
          done={t('events.sent')}
        >
          {t('events.sendAgain')}
        </ActionButton>
      }
      onClose={onClose}
    >
      {event.note && <p class="reason">{event.note}</p>}
      <Section title={t('events.attempts')}>
        <Attempts attempts={event.attempts} />
      </Section>
      <Section title={t('events.payload')} tools={<Copy text={JSON.stringify(event.payload)} />}>
        <Json value={event.payload} />
      </Section>
      <Facts
        of={[
          ['Id', <Id>{id}</Id>],
          [t('events.to'), <code>{receiverOf(event)}</code>],
          [t('common.time'), dateTime(event.time)],
          [t('events.next'), event.dueAt && dateTime(event.dueAt)],
          [t('events.app'), event.appId && <code>{event.appId}</code>],
          [t('events.cause'), cause && <a href={link('calls', cause)}>{shortId(cause)}</a>],
        ]}
      />
    </Panel>
  )
}

export function EventsView({ parts: [open] }: { parts: readonly string[] }) {
  const { value, error, reload } = useResource((signal) => call('GET /events', { query: { order: 'desc' }, signal }), [], ['events'])
  const [type, setType] = useState('')
  const [state, setState] = useState('')
  const [isSimulating, setSimulating] = useState(false)
  if (error && value === undefined) return <Failure error={error} retry={reload} />
  const all = value ?? []
  const rows = all.filter((event) => (state === '' || event.state === state) && event.type.toLowerCase().includes(type.toLowerCase()))
  const close = () => go('events')
  return (
    <Split panel={open && value && <EventPanel key={open} event={all.find(({ id }) => id === open)} onClose={close} />}>
      <div class="tools">
        <Field
          label={t('events.type')}
          type="search"
          value={type}
          onValue={setType}
          choices={[...new Set(all.map((event) => event.type))].sort()}
        />
        <Choice
          label={t('common.state')}
          value={state}
          onValue={setState}
          options={[['', t('common.all')], ...STATES.map((each): [string, string] => [each, t(`events.${each}`)])]}
        />
        <div class="end">
          <span class="muted">{count(rows.length)}</span>
          <Button onClick={() => setSimulating(true)}>{t('events.simulate')}</Button>
          <ActionButton run={() => call('DELETE /events')} done={t('events.cleared')} disabled={all.length === 0}>
            {t('events.clear')}
          </ActionButton>
        </div>
      </div>
      <Grid
        label={t('events.list')}
        rows={rows}
        columns={columns(open !== undefined)}
        keyOf={keyOf}
        open={open}
        onOpen={({ id }) => go('events', id)}
        onClose={close}
        empty={
          value === undefined ? (
            <Loading />
          ) : all.length > 0 ? (
            <Empty title={t('events.noneFound')} />
          ) : (
            <Empty title={t('events.none')}>
              <p>{t('events.noneHelp')}</p>
              <Button onClick={() => setSimulating(true)}>{t('events.simulate')}</Button>
            </Empty>
          )
        }
      />
      {isSimulating && <Simulate onClose={() => setSimulating(false)} />}
    </Split>
  )
}
