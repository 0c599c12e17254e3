/** The calls of the account as they come, and one of them whole. */

import { useMemo } from 'preact/hooks'
import { lineFor } from '../../lib/api.js'
import {
  type CallFilter,
  callFilter,
  calls,
  callsCame,
  callsError,
  filterCalls,
  forgetCalls,
  type LogEntry,
  NO_FILTER,
} from '../../lib/calls.js'
import { count, dateTime, duration, shortArn, timeOfDay } from '../../lib/format.js'
import { go } from '../../lib/router.js'
import { ActionButton, Button } from '../../parts/button.js'
import { Choice, Field } from '../../parts/form.js'
import { type Column, Grid } from '../../parts/grid.js'
import { Split } from '../../parts/panel.js'
import { Badge, Code, Copy, Empty, Failure, Loading, Status } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { CallPanel } from './call.js'

const narrow = (): Column<LogEntry>[] => [
  { name: 'mono', head: t('common.time'), width: '96px', cell: ({ time }) => <span title={dateTime(time)}>{timeOfDay(time)}</span> },
  { name: 'state', head: t('calls.status'), width: '44px', cell: ({ status }) => <Status status={status} /> },
  {
    name: 'action',
    head: t('calls.action'),
    width: 'minmax(150px, 2fr)',
    cell: ({ service, action, method, object }) => (
      <span title={object}>
        {service && <span class="service">{service}.</span>}
        {action ?? method}
        {object !== undefined && <span class="service"> {object}</span>}
      </span>
    ),
  },
  { name: 'refusal', head: t('calls.code'), width: 'minmax(0, 1.4fr)', cell: ({ code, reason }) => <span title={reason}>{code}</span> },
]

const wide = (): Column<LogEntry>[] => [
  ...narrow(),
  {
    name: 'muted',
    head: t('calls.caller'),
    width: 'minmax(0, 1fr)',
    cell: ({ identity, accessKeyId }) => (identity ? shortArn(identity) : accessKeyId),
  },
  { name: 'led', head: t('calls.led'), width: '132px', cell: (entry) => <Marks {...entry} /> },
  { name: 'number', head: t('calls.took'), width: '52px', cell: ({ elapsedMs }) => duration(elapsedMs).replace('ms', '') },
]

const Marks = ({ faults, jobs, events }: LogEntry) => (
  <>
    {faults && (
      <Badge tone="warn" title={t('calls.faults')}>
        {t('nav.faults')}
      </Badge>
    )}
    {jobs && (
      <Badge tone="accent" title={t('calls.jobs')}>
        {jobs.length} J
      </Badge>
    )}
    {events && <Badge title={t('calls.events')}>{events.length} E</Badge>}
  </>
)

const keyOf = ({ requestId }: LogEntry): string => requestId

function Begin() {
  const line = lineFor('vod', 'GetCategories', { CateId: -1 })
  return (
    <Empty title={t('calls.none')}>
      <p>{t('calls.noneHelp')}</p>
      <Code text={line} wrap />
      <Copy text={line} />
    </Empty>
  )
}

function Filter() {
  const filter = callFilter.value
  const set = (name: keyof CallFilter) => (value: string) => {
    callFilter.value = { ...filter, [name]: value }
  }
  const all = calls.value
  const actions = useMemo(
    () => [...new Set(all.flatMap(({ service, action }) => (service && action ? [`${service}.${action}`] : [])))].sort(),
    [all],
  )
  const codes = useMemo(() => [...new Set(all.flatMap(({ code }) => code ?? []))].sort(), [all])
  return (
    <>
      <Field label={t('calls.text')} type="search" placeholder={t('calls.textHint')} value={filter.text} onValue={set('text')} />
      <Field label={t('calls.action')} type="search" value={filter.action} onValue={set('action')} choices={actions} />
      <Choice
        label={t('calls.status')}
        value={filter.status}
        onValue={set('status')}
        options={[
          ['', t('common.all')],
          ['ok', t('calls.ok')],
          ['refused', t('calls.refused')],
          ['4xx', '4xx'],
          ['5xx', '5xx'],
        ]}
      />
      <Field label={t('calls.code')} type="search" value={filter.code} onValue={set('code')} choices={codes} />
      <Field label={t('calls.caller')} type="search" value={filter.caller} onValue={set('caller')} />
    </>
  )
}

export function CallsView({ parts: [open] }: { parts: readonly string[] }) {
  const filter = callFilter.value
  const all = calls.value
  const rows = useMemo(() => filterCalls(all, filter), [all, filter])
  const close = () => go('calls')
  return (
    <Split panel={open && <CallPanel key={open} requestId={open} onClose={close} />}>
      <div class="tools">
        <Filter />
        <div class="end">
          <span class="muted" title={t('calls.keys')}>
            {rows.length === all.length
              ? t('calls.count', { n: count(all.length) })
              : t('calls.countOf', { n: count(rows.length), all: count(all.length) })}
          </span>
          <ActionButton run={forgetCalls} done={t('calls.forgotten')} disabled={all.length === 0}>
            {t('calls.forget')}
          </ActionButton>
        </div>
      </div>
      {callsError.value !== undefined && all.length === 0 ? (
        <Failure error={callsError.value} />
      ) : (
        <Grid
          label={t('calls.list')}
          rows={rows}
          columns={open ? narrow() : wide()}
          keyOf={keyOf}
          open={open}
          onOpen={({ requestId }) => go('calls', requestId)}
          onClose={close}
          toneOf={({ status }) => (status >= 400 ? 'refused' : '')}
          empty={
            !callsCame.value ? (
              <Loading />
            ) : all.length === 0 ? (
              <Begin />
            ) : (
              <Empty title={t('calls.noneFound')}>
                <Button
                  onClick={() => {
                    callFilter.value = NO_FILTER
                  }}
                >
                  {t('calls.resetFilter')}
                </Button>
              </Empty>
            )
          }
        />
      )}
    </Split>
  )
}
