/** Moving the account's clock forward. */

import { call } from '../../lib/api.js'
import { moved } from '../../lib/known.js'
import { useAction } from '../../parts/button.js'
import { t } from '../../words/index.js'

/** Moves the clock by a length of time, such as `10m`, or to an ISO 8601 time. */
export const advance = async (to: string): Promise<void> =>
  moved(await call('POST /clock/advance', { body: /^\d{4}-/.test(to) ? { to } : { by: to } }))

function Step({ by }: { by: string }) {
  const [busy, start] = useAction(() => advance(by))
  return (
    <button
      type="button"
      class="button small"
      disabled={busy}
      aria-label={t('head.advance', { by })}
      title={t('head.advance', { by })}
      onClick={start}
    >
      +{by}
    </button>
  )
}

/** Buttons for the lengths of time that tests wait for most. */
export const ClockButtons = ({ steps }: { steps: readonly string[] }) => (
  <span class="steps">
    {steps.map((by) => (
      <Step key={by} by={by} />
    ))}
  </span>
)
