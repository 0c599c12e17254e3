/** Settings of the account: those that are asked for most as choices, all of them as JSON. */

import { useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { pretty } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { Button, useAction } from '../../parts/button.js'
import { Area, Choice, Field } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { Failure, Loading } from '../../parts/text.js'
import { notify, notifyFailure } from '../../parts/toasts.js'
import { t } from '../../words/index.js'

/** Settings as JSON, by section. */
type Values = Readonly<Record<string, unknown>>

/** The sections that are another way than they were. */
const changesOf = (now: Values, written: Values): Values =>
  Object.fromEntries(Object.entries(written).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name])))

function All({ values }: { values: Values }) {
  const [written, setWritten] = useState<string>()
  const text = written ?? pretty(values)
  const { value, problem } = readJson(text)
  const [busy, save] = useAction(async () => {
    await call('PUT /settings', { body: changesOf(values, value as Values) as never })
    setWritten(undefined)
  }, t('settings.saved'))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (problem === undefined) void save()
      }}
    >
      <Area label={t('settings.all')} hint={t('settings.help')} problem={problem} value={text} onValue={setWritten} rows={16} />
      <div class="buttons spaced">
        <Button type="submit" look="primary" busy={busy} disabled={written === undefined}>
          {t('common.save')}
        </Button>
        {written !== undefined && <Button onClick={() => setWritten(undefined)}>{t('common.cancel')}</Button>}
      </div>
    </form>
  )
}

function History({ value }: { value: number }) {
  const [written, setWritten] = useState<string>()
  const [busy, save] = useAction(async () => {
    await call('PUT /settings', { body: { history: Number(written) } })
    setWritten(undefined)
  }, t('settings.saved'))
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={t('settings.history')} hint={t('settings.historyHint')} value={written ?? String(value)} onValue={setWritten} />
      {written !== undefined && (
        <Button type="submit" look="primary" busy={busy}>
          {t('common.save')}
        </Button>
      )}
    </form>
  )
}

export function Settings() {
  const { value, error, reload } = useResource((signal) => call('GET /settings', { signal }), [], ['state', 'faults'])
  if (error) return <Failure error={error} retry={reload} />
  if (value === undefined) return <Loading />
  const put = async (body: object) => {
    try {
      await call('PUT /settings', { body: body as never })
      notify(t('settings.saved'))
    } catch (error) {
      notifyFailure(error)
    }
    reload()
  }
  return (
    <>
      <div class="fields">
        <Choice
          label={t('settings.limits')}
          value={String(value.limits.enabled)}
          onValue={(text) => void put({ limits: { enabled: text === 'true' } })}
          options={[
            ['true', t('settings.on')],
            ['false', t('settings.off')],
          ]}
        />
        <Choice
          label={t('settings.facts')}
          value={value.facts}
          onValue={(facts) => void put({ facts })}
          options={[
            ['manual', t('settings.manual')],
            ['observed', t('settings.observed')],
          ]}
        />
        <Choice
          label={t('settings.strict')}
          value={String(value.strictInputs)}
          onValue={(text) => void put({ strictInputs: text === 'true' })}
          options={[
            ['false', t('settings.accepted')],
            ['true', t('settings.refused')],
          ]}
        />
        <History value={value.history} />
      </div>
      <All values={value as unknown as Values} />
    </>
  )
}
