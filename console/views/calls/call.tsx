/** One call whole. */

import { useState } from 'preact/hooks'
import { ControlError, call } from '../../lib/api.js'
import { calls, isCommon, type LogEntry, type WholeCall } from '../../lib/calls.js'
import { bytes, dateTime, duration, shortArn, shortId, timeOfDay } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { link } from '../../lib/router.js'
import { Panel, Section } from '../../parts/panel.js'
import { Badge, Code, Copy, Facts, Failure, Id, Json, Loading, Status, Value } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { Diagnosis } from './diagnosis.js'
import { ForkHere } from './fork.js'

function Params({ params, unknownParams = [] }: Pick<LogEntry, 'params' | 'unknownParams'>) {
  const all = Object.entries(params)
  const own = all.filter(([name]) => !isCommon(name))
  const common = all.filter(([name]) => isCommon(name))
  const isUnknown = (name: string): boolean => unknownParams.some((each) => name === each || name.startsWith(`${each}.`))
  return (
    <Section title={t('calls.params')}>
      {own.length === 0 && <p class="muted">{t('calls.noParams')}</p>}
      <div class="params">
        <Facts
          of={own.map(([name, value]) => [
            isUnknown(name) ? (
              <>
                {name} <Badge tone="warn">{t('calls.unknown')}</Badge>
              </>
            ) : (
              name
            ),
            <Value text={value} />,
          ])}
        />
      </div>
      {common.length > 0 && (
        <details>
          <summary>{common.map(([name]) => name).join(', ')}</summary>
          <div class="params">
            <Facts of={common.map(([name, value]) => [name, <Value text={value} />])} />
          </div>
        </details>
      )}
    </Section>
  )
}

const Headers = ({ title, headers }: { title: string; headers: Readonly<Record<string, string>> }) => (
  <details>
    <summary>{title}</summary>
    <div class="params">
      <Facts of={Object.entries(headers).map(([name, value]) => [name, <Value text={value} />])} />
    </div>
  </details>
)

function LedTo({ faults = [], jobs = [], events = [] }: LogEntry) {
  if (faults.length + jobs.length + events.length === 0) return null
  return (
    <div class="led-to">
      {faults.length > 0 && (
        <Section title={t('calls.faults')}>
          <ul class="chips">
            {faults.map((id) => (
              <li key={id}>
                <a href={link('faults')}>{id}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {jobs.length > 0 && (
        <Section title={t('calls.jobs')}>
          <ul class="chips">
            {jobs.map(({ id, kind }) => (
              <li key={id}>
                <a href={link('jobs', id)}>
                  {kind} <code>{shortId(id)}</code>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {events.length > 0 && (
        <Section title={t('calls.events')}>
          <ul class="chips">
            {events.map(({ id, type }) => (
              <li key={id}>
                <a href={link('events', id)}>{type}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

function CommandLine({ requestId }: { requestId: string }) {
  const [resign, setResign] = useState(false)
  const { value, error } = useResource<string>(
    (signal) =>
      call('GET /requests/{requestId}/curl', {
        params: { requestId },
        query: { resign: String(resign) as 'true' },
        signal,
      }) as Promise<string>,
    [requestId, resign],
  )
  return (
    <Section
      title={t('calls.curl')}
      tools={
        <>
          <label class="check">
            <input type="checkbox" checked={resign} onChange={(event) => setResign(event.currentTarget.checked)} /> {t('calls.resign')}
          </label>
          {value !== undefined && <Copy text={value.trim()} />}
        </>
      }
    >
      {error && <p class="muted">{error.message}</p>}
      {value !== undefined && <Code text={value.trim()} wrap />}
    </Section>
  )
}

function Answer({ answer }: Pick<WholeCall, 'answer'>) {
  return (
    <Section title={t('calls.answer')} tools={answer.body !== undefined && <Copy text={answer.body} />}>
      {answer.body !== undefined && answer.body !== '' ? (
        <Json value={answer.body} />
      ) : (
        <p class="muted">{answer.bytes ? t('calls.bytes', { n: bytes(answer.bytes) }) : t('common.nothing')}</p>
      )}
      <Headers title={t('calls.answerHeaders')} headers={answer.headers} />
    </Section>
  )
}

const Request = ({ method, host, request }: WholeCall) => (
  <Section title={t('calls.request')}>
    <Code text={`${method} ${request.path}${request.query === '' ? '' : `?${request.query}`}`} wrap />
    <Headers title={t('calls.requestHeaders')} headers={{ host, ...request.headers }} />
    {request.body !== undefined && request.body !== '' && (
      <details>
        <summary>{t('calls.requestBody')}</summary>
        <Code text={request.body} wrap />
      </details>
    )}
  </Section>
)

/** Leads to the form of the Action, with the parameters of the call. */
const Again = ({ service, action, requestId }: LogEntry) =>
  service === undefined || action === undefined ? null : (
    <a class="button small" href={link('actions', `${service}.${action}`, requestId)} title={t('calls.againHelp')}>
      {t('calls.again')}
    </a>
  )

/** The call with this RequestId. */
export function CallPanel({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const { value, error } = useResource(
    (signal) => call('GET /requests/{requestId}', { params: { requestId }, signal }),
    [requestId],
    ['jobs', 'events'],
  )
  const entry: LogEntry | undefined = value ?? calls.value.find((each) => each.requestId === requestId)
  const title = entry?.action ?? entry?.method ?? requestId
  const isGone = error instanceof ControlError && error.status === 400
  return (
    <Panel
      title={title}
      sub={
        entry && (
          <>
            {entry.service} · <time title={dateTime(entry.time)}>{timeOfDay(entry.time)}</time>
          </>
        )
      }
      tools={
        entry && (
          <>
            <Again {...entry} />
            <ForkHere {...entry} />
          </>
        )
      }
      onClose={onClose}
    >
      {error && (isGone ? <p class="notice">{t('calls.gone')}</p> : <Failure error={error} />)}
      {entry === undefined && !error && <Loading />}
      {entry && (
        <>
          <p class="outcome">
            <Status status={entry.status} />
            {entry.code && <strong>{entry.code}</strong>}
            <span class="muted">
              {t('calls.served')} {duration(entry.elapsedMs)}
            </span>
          </p>
          {entry.message && <p class="message">{entry.message}</p>}
          {entry.reason && !entry.diagnosis && (
            <Section title={t('calls.reason')}>
              <p class="reason">{entry.reason}</p>
            </Section>
          )}
          {entry.diagnosis && <Diagnosis {...entry.diagnosis} />}
          <Params {...entry} />
          {value && <Answer answer={value.answer} />}
          <LedTo {...entry} />
          {value && <CommandLine requestId={requestId} />}
          {value && <Request {...value} />}
          <Facts
            of={[
              [t('calls.id'), <Id>{entry.requestId}</Id>],
              [t('calls.caller'), entry.identity && shortArn(entry.identity)],
              [t('calls.key'), entry.accessKeyId && <Id>{entry.accessKeyId}</Id>],
              [t('calls.host'), <code>{entry.host}</code>],
              [t('calls.object'), entry.object && <code>{entry.object}</code>],
            ]}
          />
        </>
      )}
    </Panel>
  )
}
