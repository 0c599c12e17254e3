/** The catalogue of Actions, and one of them: what it takes, what can go wrong, and a form to call it. */

import { useMemo, useState } from 'preact/hooks'
import { count } from '../../lib/format.js'
import { type ActionInfo, loadActions, useKnown } from '../../lib/known.js'
import { go } from '../../lib/router.js'
import { Choice, Field } from '../../parts/form.js'
import { type Column, Grid } from '../../parts/grid.js'
import { Panel, Section, Split } from '../../parts/panel.js'
import { Badge, Empty, Facts, Json, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { boundsOf } from './param.js'
import { Try } from './try.js'

const columns = (isNarrow: boolean): Column<ActionInfo>[] => [
  { name: 'muted', head: t('actions.service'), width: '96px', cell: ({ service }) => service },
  { name: 'action', head: 'Action', width: 'minmax(170px, 1fr)', cell: ({ action }) => <strong>{action}</strong> },
  ...(isNarrow
    ? []
    : [
        {
          name: 'summary',
          head: t('actions.does'),
          width: 'minmax(0, 2fr)',
          cell: ({ summary }: ActionInfo) => <span title={summary}>{summary}</span>,
        },
        {
          name: 'async',
          head: <span class="hidden">{t('actions.async')}</span>,
          width: '104px',
          cell: ({ async }: ActionInfo) => async && <Badge tone="accent">{t('actions.async')}</Badge>,
        },
      ]),
]

const keyOf = ({ service, action }: ActionInfo): string => `${service}.${action}`

const Params = ({ params, accepts }: Pick<ActionInfo, 'params' | 'accepts'>) => (
  <Section title={t('actions.params')}>
    {params.length === 0 && <p class="muted">{t('actions.noParams')}</p>}
    {params.length > 0 && (
      <table>
        <tbody>
          {params.map((param) => (
            <tr key={param.name}>
              <td>
                <code>{param.name}</code> {param.required && <Badge tone="warn">{t('actions.required')}</Badge>}
              </td>
              <td>
                {param.type} <span class="muted">{boundsOf(param).join('; ')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {accepts.length > 0 && (
      <p class="muted">
        {t('actions.accepts')}: <code>{accepts.join(', ')}</code>
      </p>
    )}
  </Section>
)

const Errors = ({ errors }: Pick<ActionInfo, 'errors'>) => (
  <Section title={t('actions.errors')}>
    <table>
      <tbody>
        {errors.map(({ code, status, message, provokedBy, why }) => (
          <tr key={code}>
            <td>
              <code>{code}</code> <span class="muted">{status}</span>
            </td>
            <td>
              {message} {provokedBy === 'fault' && <Badge title={why ?? ''}>{t('actions.byFault')}</Badge>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Section>
)

function ActionPanel({ info, from, onClose }: { info: ActionInfo | undefined; from: string | undefined; onClose: () => void }) {
  if (info === undefined)
    return (
      <Panel title={t('nav.actions')} onClose={onClose}>
        <p class="muted">{t('actions.gone')}</p>
      </Panel>
    )
  const { service, action, summary, limit, billing } = info
  return (
    <Panel title={action} sub={service} onClose={onClose}>
      <p class="summary">{summary}</p>
      <Try key={from} info={info} from={from} />
      <Facts
        of={[
          [t('actions.version'), info.version],
          [t('actions.source'), info.source],
          [t('actions.limit'), limit && `${limit.limit} ${t(`limits.per.${limit.per}`)}`],
          [t('actions.note'), info.note],
          [t('actions.facts'), info.facts.length > 0 && info.facts.join(', ')],
        ]}
      />
      <Params {...info} />
      <Errors {...info} />
      {billing && (
        <details>
          <summary>{t('actions.billed')}</summary>
          <Json value={billing} />
        </details>
      )}
    </Panel>
  )
}

/** `open`: an Action, and behind it a call whose parameters are in its form. */
export function ActionsView({ parts: [open, from] }: { parts: readonly string[] }) {
  const actions = useKnown(loadActions)
  const [text, setText] = useState('')
  const [service, setService] = useState('')
  const services = useMemo(() => [...new Set((actions ?? []).map((each) => each.service))].sort(), [actions])
  const wanted = text.toLowerCase()
  const rows = useMemo(
    () =>
      (actions ?? [])
        .filter((each) => (service === '' || each.service === service) && `${each.action} ${each.summary}`.toLowerCase().includes(wanted))
        .sort((a, b) => Number(b.service === 'vod') - Number(a.service === 'vod') || (keyOf(a) < keyOf(b) ? -1 : 1)),
    [actions, service, wanted],
  )
  const close = () => go('actions')
  return (
    <Split
      panel={open && actions && <ActionPanel key={open} info={actions.find((each) => keyOf(each) === open)} from={from} onClose={close} />}
    >
      <div class="tools">
        <Field label={t('common.search')} placeholder={t('actions.find')} type="search" value={text} onValue={setText} />
        <Choice
          label={t('actions.service')}
          value={service}
          onValue={setService}
          options={[['', t('common.all')], ...services.map((each): [string, string] => [each, each])]}
        />
        <div class="end muted">{t('actions.count', { n: count(rows.length) })}</div>
      </div>
      <Grid
        label={t('actions.list')}
        rows={rows}
        columns={columns(open !== undefined)}
        keyOf={keyOf}
        open={open}
        onOpen={(info) => go('actions', keyOf(info))}
        onClose={close}
        empty={actions === undefined ? <Loading /> : <Empty title={t('actions.noneFound')} />}
      />
    </Split>
  )
}
