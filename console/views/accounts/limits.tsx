/** Limits of the Actions, and what is used of them. */

import { useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { type ActionInfo, loadActions, useKnown, useNow } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { Failure, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'

type Limit = NonNullable<ActionInfo['limit']>

/** Milliseconds. */
const WINDOW: Readonly<Record<Limit['per'], number>> = { second: 1000, minute: 60_000, day: 86_400_000 }

/** Limits that are set, by `<service>.<Action>`, `<service>.*` or `*`. */
type Own = Readonly<Record<string, Limit | null | 'documented'>>

function limitOf({ service, action, limit }: ActionInfo, own: Own): Limit | undefined {
  const set = own[`${service}.${action}`] ?? own[`${service}.*`] ?? own['*']
  const isSet = [`${service}.${action}`, `${service}.*`, '*'].some((name) => name in own)
  return (isSet && set !== 'documented' ? set : limit) ?? undefined
}

function Row({ name, limit: { limit, per }, used }: { name: string; limit: Limit; used: number }) {
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
  const now = useNow() ?? 0
  const [onlyUsed, setOnlyUsed] = useState(true)
  const actions = useKnown(loadActions)
  const settings = useResource((signal) => call('GET /settings', { signal }), [], ['state'])
  const windows = useResource((signal) => call('GET /tables/{table}', { params: { table: 'throttle' }, signal }), [], ['calls', 'clock'])
  if (settings.error) return <Failure error={settings.error} retry={settings.reload} />
  if (actions === undefined || settings.value === undefined || windows.value === undefined) return <Loading />
  const { enabled, actions: own } = settings.value.limits
  if (!enabled) return <p class="muted">{t('limits.off')}</p>
  const called = new Map(windows.value.map(({ key, value }) => [key, value as { number: number; calls: number }]))
  const rows = actions.flatMap((each) => {
    const name = `${each.service}.${each.action}`
    const limit = limitOf(each, own as Own)
    const window = called.get(name)
    if (limit === undefined || (onlyUsed && window === undefined)) return []
    // A window that is over counts for nothing.
    const used = window?.number === Math.floor(now / WINDOW[limit.per]) ? window.calls : 0
    return [{ name, limit, used }]
  })
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
              <Row key={row.name} {...row} />
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
