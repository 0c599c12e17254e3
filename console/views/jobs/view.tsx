/** The account's time: its clock, and its jobs on it. */

import { useMemo, useState } from 'preact/hooks'
import { call, callForPage } from '../../lib/api.js'
import { count, dateTime, shortTime } from '../../lib/format.js'
import { type JobKindInfo, useNow } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { go, link } from '../../lib/router.js'
import { extentOf, type JobInfo, type Span, spansOf } from '../../lib/timeline.js'
import { ActionButton } from '../../parts/button.js'
import { Choice, Field } from '../../parts/form.js'
import { type Column, Grid } from '../../parts/grid.js'
import { Split } from '../../parts/panel.js'
import { Badge, Empty, Failure, Loading, Newest } from '../../parts/text.js'
import { Axis, Track, type Window } from '../../parts/track.js'
import { t } from '../../words/index.js'
import { ClockCard } from './clock.js'
import { JobPanel } from './job.js'
import { toneOf } from './tone.js'

/** Jobs that are looked at: the newest. */
const MOST = 1000

/** Jobs whose time lines share one axis. */
const ON_AXIS = 30

interface Row {
  job: JobInfo
  spans: readonly Span[]
}

const columns = (window: Window, now: number, isNarrow: boolean): Column<Row>[] => [
  {
    name: 'mono',
    head: t('jobs.submitted'),
    width: '70px',
    cell: ({ job }) => <span title={dateTime(job.submittedAt)}>{shortTime(job.submittedAt)}</span>,
  },
  {
    name: 'kind',
    head: t('common.kind'),
    width: 'minmax(150px, 1fr)',
    cell: ({ job }) => {
      const [service, action] = job.kind.split('.')
      return (
        <>
          <span class="service">{service}.</span>
          {action}
        </>
      )
    },
  },
  {
    name: 'stage',
    head: t('jobs.stage'),
    width: 'minmax(110px, 0.6fr)',
    cell: ({ job }) => <Badge tone={toneOf(job)}>{job.ending ?? (job.held ? t('jobs.held') : job.stage)}</Badge>,
  },
  ...(isNarrow
    ? []
    : [
        {
          name: 'line',
          head: <LineHead window={window} />,
          width: 'minmax(0, 2fr)',
          cell: ({ spans }: Row) => <Track spans={spans} window={window} now={now} />,
        },
      ]),
]

const LineHead = ({ window }: { window: Window }) => (
  <>
    <span class="hidden">{t('jobs.line')}</span>
    <Axis window={window} />
  </>
)

/** The part of time that the newest jobs are in. */
function windowOf(rows: readonly Row[], now: number): Window {
  const extents = rows.slice(0, ON_AXIS).map(({ spans }) => extentOf(spans))
  const from = Math.min(now, ...extents.map(([first]) => first))
  const until = Math.max(now, from + 1000, ...extents.map(([, last]) => last))
  const margin = (until - from) * 0.03
  return { from: from - margin, until: until + margin }
}

const keyOf = ({ job }: Row): string => job.id

function stateOf({ ending, held }: JobInfo): string {
  return ending !== undefined ? 'ended' : held !== undefined ? 'held' : 'underWay'
}

export function JobsView({ parts: [open] }: { parts: readonly string[] }) {
  const now = useNow() ?? 0
  const { value, error, reload } = useResource(
    (signal) => callForPage('GET /jobs', { query: { limit: MOST, order: 'desc' }, signal }),
    [],
    ['jobs'],
  )
  const jobs = value?.rows
  const kinds = useResource((signal) => call('GET /job-kinds', { signal }), [], ['state']).value
  const [state, setState] = useState('')
  const [kind, setKind] = useState('')
  const byName = useMemo(() => new Map((kinds ?? []).map((each): [string, JobKindInfo] => [each.kind, each])), [kinds])
  const all = jobs ?? []
  const rows = all
    .filter((job) => (state === '' || stateOf(job) === state) && job.kind.toLowerCase().includes(kind.toLowerCase()))
    .map((job) => ({ job, spans: spansOf(job, byName.get(job.kind), now) }))
  const window = windowOf(rows, now)
  const close = () => go('jobs')
  if (error && jobs === undefined) return <Failure error={error} retry={reload} />
  return (
    <Split
      panel={open && <JobPanel key={open} id={open} listed={all.find(({ id }) => id === open)} kinds={byName} now={now} onClose={close} />}
    >
      <div class="above">
        <ClockCard />
      </div>
      <div class="tools">
        <Field
          label={t('common.kind')}
          type="search"
          value={kind}
          onValue={setKind}
          choices={[...new Set(all.map((job) => job.kind))].sort()}
        />
        <Choice
          label={t('common.state')}
          value={state}
          onValue={setState}
          options={[
            ['', t('common.all')],
            ['underWay', t('jobs.underWay')],
            ['held', t('jobs.held')],
            ['ended', t('jobs.ended')],
          ]}
        />
        <div class="end">
          <span class="muted">{count(rows.length)}</span>
          {value && value.total > all.length && <Newest shown={all.length} total={value.total} />}
          <ActionButton
            run={() => call('POST /jobs/release')}
            disabled={!all.some(({ script, ending }) => ending === undefined && script?.does === 'hold')}
          >
            {t('jobs.releaseAll')}
          </ActionButton>
        </div>
      </div>
      <Grid
        label={t('jobs.list')}
        rows={rows}
        columns={columns(window, now, open !== undefined)}
        keyOf={keyOf}
        open={open}
        onOpen={({ job }) => go('jobs', job.id)}
        onClose={close}
        empty={
          jobs === undefined ? (
            <Loading />
          ) : all.length > 0 ? (
            <Empty title={t('jobs.noneFound')} />
          ) : (
            <Empty title={t('jobs.none')}>
              <p>{t('jobs.noneHelp')}</p>
              <a href={link('actions')}>{t('jobs.tryOne')}</a>
            </Empty>
          )
        }
      />
    </Split>
  )
}
