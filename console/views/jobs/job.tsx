/** One job whole, and what can be made of it. */

import { useState } from 'preact/hooks'
import { type AnswerTo, ControlError, call } from '../../lib/api.js'
import { dateTime, shortId } from '../../lib/format.js'
import type { JobKindInfo } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { link } from '../../lib/router.js'
import { extentOf, type JobInfo, progressOf, spansOf, spansOfTimeline } from '../../lib/timeline.js'
import { ActionButton, Button } from '../../parts/button.js'
import { Panel, Section } from '../../parts/panel.js'
import { Badge, Facts, Failure, Id, Json, Loading } from '../../parts/text.js'
import { Axis, Track } from '../../parts/track.js'
import { t } from '../../words/index.js'
import { FailDialog, FinishDialog, script } from './script.js'
import { toneOf } from './tone.js'

type WholeJob = AnswerTo<'GET /jobs/{id}'>

function Steps({ job, kind }: { job: JobInfo; kind: JobKindInfo | undefined }) {
  const [asked, ask] = useState<'fail' | 'finish'>()
  if (job.ending !== undefined) return null
  return (
    <div class="buttons job-steps">
      {job.script?.does === 'hold' ? (
        <ActionButton look="primary" run={() => call('POST /jobs/{id}/release', { params: { id: job.id } })} done={t('jobs.scripted')}>
          {t('jobs.release')}
        </ActionButton>
      ) : (
        <ActionButton run={() => script(job.id, { hold: job.stage })} done={t('jobs.scripted')}>
          {t('jobs.hold')}
        </ActionButton>
      )}
      <Button onClick={() => ask('fail')}>{t('jobs.fail')}</Button>
      {kind?.takesResult && <Button onClick={() => ask('finish')}>{t('jobs.finish')}</Button>}
      <ActionButton run={() => script(job.id, { timeout: true })} done={t('jobs.scripted')}>
        {t('jobs.timeout')}
      </ActionButton>
      {asked === 'fail' && <FailDialog job={job} kind={kind} onClose={() => ask(undefined)} />}
      {asked === 'finish' && <FinishDialog job={job} onClose={() => ask(undefined)} />}
    </div>
  )
}

function Line({ job, whole, kind, now }: { job: JobInfo; whole: WholeJob | undefined; kind: JobKindInfo | undefined; now: number }) {
  const known = whole && spansOfTimeline(whole.timeline, whole.ending, now)
  const spans = known && known.length > 0 ? known : spansOf(job, kind, now)
  const [from, until] = extentOf(spans)
  const window = { from, until: Math.max(until, from + 1) }
  const progress = progressOf(spans, now)
  return (
    <Section
      title={t('jobs.line')}
      tools={
        progress !== undefined && <span class="muted">{t('jobs.progress', { percent: Math.round(progress * 100), stage: job.stage })}</span>
      }
    >
      <div class="line">
        <Axis window={window} />
        <Track spans={spans} window={window} now={now} names />
      </div>
    </Section>
  )
}

/** A job, or that there is none; `listed`: as it is in the list, if it is. */
export function JobPanel({
  id,
  listed,
  kinds,
  now,
  onClose,
}: {
  id: string
  listed: JobInfo | undefined
  kinds: ReadonlyMap<string, JobKindInfo>
  now: number
  onClose: () => void
}) {
  const { value: whole, error: problem } = useResource(
    (signal) => call('GET /jobs/{id}', { params: { id }, signal }),
    [id],
    ['jobs', 'clock'],
  )
  const job = listed ?? whole
  const isGone = problem instanceof ControlError && problem.status === 400
  if (job === undefined)
    return (
      <Panel title={t('jobs.title')} onClose={onClose}>
        {isGone ? <p class="muted">{t('jobs.gone')}</p> : problem ? <Failure error={problem} /> : <Loading />}
      </Panel>
    )
  const kind = kinds.get(job.kind)
  const { queue, script: by, error } = job
  return (
    <Panel
      title={job.kind}
      sub={<Badge tone={toneOf(job)}>{job.ending ?? (job.held ? t('jobs.held') : job.stage)}</Badge>}
      onClose={onClose}
    >
      <Steps job={job} kind={kind} />
      <Line job={job} whole={whole} kind={kind} now={now} />
      {error && (
        <Section title={t('jobs.error')}>
          <p class="reason">
            <strong>{error.code}</strong> {error.message}
            {error.reason && ` (${error.reason})`}
          </p>
        </Section>
      )}
      {by && (
        <Section title={t('jobs.script')}>
          <Json value={by} />
        </Section>
      )}
      {job.result !== undefined && (
        <Section title={t('jobs.result')}>
          <Json value={job.result} />
        </Section>
      )}
      <Section title={t('jobs.input')}>
        <Json value={job.input} />
      </Section>
      <Facts
        of={[
          ['JobId', <Id>{job.id}</Id>],
          [t('jobs.submitted'), <time>{dateTime(job.submittedAt)}</time>],
          [t('jobs.dueAt'), job.dueAt && <time>{dateTime(job.dueAt)}</time>],
          [t('jobs.heldSince'), job.held && <time>{dateTime(job.held)}</time>],
          [t('jobs.endedAt'), job.endedAt && <time>{dateTime(job.endedAt)}</time>],
          [t('jobs.attempt'), job.attempt > 1 ? job.attempt : undefined],
          [t('jobs.queue'), queue && t('jobs.queueOf', queue)],
          [t('jobs.fault'), job.fault && <a href={link('faults')}>{job.fault}</a>],
          [t('jobs.cause'), job.cause && <a href={link('calls', job.cause)}>{shortId(job.cause)}</a>],
        ]}
      />
    </Panel>
  )
}
