/** What is to go wrong in the account: faults one by one, and scenarios. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { count } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { ActionButton, Button } from '../../parts/button.js'
import { Badge, Empty, Failure, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { FaultForm } from './form.js'
import { Scenarios } from './scenarios.js'

type Fault = AnswerTo<'GET /faults'>[number]

/** Members that say where a fault strikes; the others say what happens. */
const WHERE = ['service', 'action', 'identity', 'when', 'every', 'after', 'times', 'between', 'custom'] as const

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const Parts = ({ of }: { of: readonly (readonly [string, unknown])[] }) => (
  <>
    {of.map(([name, value]) => (
      <span key={name} class="part">
        <span class="muted">{name}</span> <code>{textOf(value)}</code>
      </span>
    ))}
  </>
)

function Row({ fault }: { fault: Fault }) {
  const { id, matched, applied, ...spec } = fault
  const members = Object.entries(spec)
  const isWhere = (name: string): boolean => (WHERE as readonly string[]).includes(name)
  const where = members.filter(([name]) => isWhere(name))
  return (
    <tr>
      <td>
        <code>{id}</code>
      </td>
      <td>
        <Parts of={members.filter(([name]) => !isWhere(name))} />
      </td>
      <td>{where.length === 0 ? <span class="muted">{t('common.all')}</span> : <Parts of={where} />}</td>
      <td>
        <Badge tone={applied > 0 ? 'warn' : 'plain'} title={t('faults.hitsOf', { applied, matched })}>
          {count(applied)}
        </Badge>{' '}
        <span class="muted">{t('faults.hitsOf', { applied, matched })}</span>
      </td>
      <td class="number">
        <ActionButton
          class="small"
          run={() => call('DELETE /faults/{id}', { params: { id } })}
          done={t('faults.removed')}
          aria-label={`${t('common.remove')}: ${id}`}
        >
          {t('common.remove')}
        </ActionButton>
      </td>
    </tr>
  )
}

function Table({ faults }: { faults: readonly Fault[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">{t('faults.what')}</th>
          <th scope="col">{t('faults.where')}</th>
          <th scope="col">{t('faults.hits')}</th>
          <th scope="col">
            <span class="hidden">{t('common.remove')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <Row key={fault.id} fault={fault} />
        ))}
      </tbody>
    </table>
  )
}

export function FaultsView(_: { parts: readonly string[] }) {
  const [isAdding, setAdding] = useState(false)
  const { value: faults, error, reload } = useResource((signal) => call('GET /faults', { signal }), [], ['faults', 'calls'])
  return (
    <div class="page">
      {isAdding && <FaultForm onDone={() => setAdding(false)} />}
      <section class="card">
        <header>
          <h2>
            {t('faults.title')} {faults && <span class="count">{faults.length}</span>}
          </h2>
          <div class="buttons">
            {faults && faults.length > 0 && (
              <ActionButton run={() => call('DELETE /faults')} done={t('faults.cleared')}>
                {t('faults.clear')}
              </ActionButton>
            )}
            {!isAdding && (
              <Button look="primary" onClick={() => setAdding(true)}>
                {t('faults.add')}
              </Button>
            )}
          </div>
        </header>
        {error && <Failure error={error} retry={reload} />}
        {faults === undefined && !error && <Loading />}
        {faults?.length === 0 && (
          <Empty title={t('faults.none')}>
            <p>{t('faults.noneHelp')}</p>
          </Empty>
        )}
        {faults && faults.length > 0 && <Table faults={faults} />}
      </section>
      <Scenarios />
    </div>
  )
}
