/** Limits of the Actions, and what is used of them. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { calls } from '../../lib/calls.js'
import { useResource } from '../../lib/resource.js'
import { Failure, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'

type Limit = AnswerTo<'GET /limits'>[number]

function Row({ action: name, limit, per, used }: Limit) {
  const [service, action] = name.split('.')
  return (
    <tr>
      <td>
        <span class="muted">{service}.</span>
        {action}
      </td>
      <td class="number">
        {limit} {t(`limits.per.${per}`)}
      </td>
      <td>
        <div class="meter-row">
          <meter min={0} max={limit} high={limit * 0.8} value={Math.min(used, limit)} aria-label={name} />{' '}
          <span class={used >= limit ? 'full' : ''}>{used}</span>
        </div>
      </td>
    </tr>
  )
}

export function Limits() {
  const [onlyUsed, setOnlyUsed] = useState(true)
  const { value, error, reload } = useResource((signal) => call('GET /limits', { signal }), [], ['calls', 'clock', 'state'])
  if (error && value === undefined) return <Failure error={error} retry={reload} />
  if (value === undefined) return <Loading />
  const called = new Set(calls.value.map(({ service, action }) => `${service}.${action}`))
  const rows = onlyUsed ? value.filter(({ action, used }) => used > 0 || called.has(action)) : value
  if (value.length === 0) return <p class="muted">{t('limits.off')}</p>
  return (
    <>
      <div class="card-head">
        <p class="muted">{t('limits.help')}</p>
        <label class="check">
          <input type="checkbox" checked={onlyUsed} onChange={(event) => setOnlyUsed(event.currentTarget.checked)} /> {t('limits.onlyUsed')}
        </label>
      </div>
      {rows.length === 0 ? (
        <p class="muted">{t('limits.noneUsed')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col" class="number">
                {t('limits.limit')}
              </th>
              <th scope="col">{t('limits.used')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.action} {...{ ...row }} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
