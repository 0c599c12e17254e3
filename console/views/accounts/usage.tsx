/** What the account was used for, and what that would have cost. */

import { call } from '../../lib/api.js'
import { count, yuan } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { Empty, Failure, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'

export function Usage() {
  const { value, error, reload } = useResource((signal) => call('GET /usage', { signal }), [], ['calls', 'jobs'])
  if (error && value === undefined) return <Failure error={error} retry={reload} />
  if (value === undefined) return <Loading />
  const rows = value.actions.toSorted((a, b) => b.cost - a.cost || b.calls - a.calls)
  if (rows.length === 0)
    return (
      <Empty title={t('usage.none')}>
        <p>{t('usage.noneHelp')}</p>
      </Empty>
    )
  const most = Math.max(...rows.map(({ cost }) => cost), 1e-9)
  return (
    <>
      <p class="total">
        <span class="muted">{t('usage.total')}</span> <strong>{yuan(value.total)}</strong>{' '}
        <span class="muted">
          {t('usage.month')} {value.month}
        </span>
      </p>
      <table class="usage" aria-label={t('usage.chart')}>
        <thead>
          <tr>
            <th scope="col">Action</th>
            <th scope="col" class="number">
              {t('usage.calls')}
            </th>
            <th scope="col" class="number">
              {t('usage.units')}
            </th>
            <th scope="col">{t('usage.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ action, calls, units, unit, cost, freeLeftThisMonth }) => (
            <tr key={action}>
              <td>
                <span class="muted">{action.split('.')[0]}.</span>
                {action.split('.')[1]}
                {freeLeftThisMonth !== undefined && <small class="muted"> {t('usage.free', { n: count(freeLeftThisMonth) })}</small>}
              </td>
              <td class="number">{count(calls)}</td>
              <td class="number">
                {count(units)} {t(`usage.${unit}`)}
              </td>
              <td>
                <span class="bar-row">
                  <span class="bar" style={{ width: `${(cost / most) * 60}%` }} /> {yuan(cost)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
