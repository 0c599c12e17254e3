/** Settings of the account: those that are asked for most as choices, all of them as JSON. */

import { useEffect, useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { pretty } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { Button, useSubmit } from '../../parts/button.js'
import { Area, Choice, Field, Refusal } from '../../parts/form.js'
import { readJson, readNumber } from '../../parts/json.js'
import { Failure, Loading } from '../../parts/text.js'
import { t, type Word } from '../../words/index.js'

/** Settings as JSON, by section. */
type Values = Readonly<Record<string, unknown>>

/** The sections that are another way than they were. */
const changesOf = (now: Values, written: Values): Values =>
  Object.fromEntries(Object.entries(written).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name])))

function All({ values }: { values: Values }) {
  const [written, setWritten] = useState<string>()
  const text = written ?? pretty(values)
  const { value, problem } = readJson(text)
  const [busy, save, refusal] = useSubmit(async () => {
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
      <Refusal of={refusal} />
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
  const [busy, save, refusal] = useSubmit(async () => {
    await call('PUT /settings', { body: { history: readNumber(written ?? '') as number } })
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
      <Refusal of={refusal} />
    </form>
  )
}

/** A setting that is one of few, and is sent as it is chosen. */
function Setting({
  label,
  now,
  values,
  sent,
}: {
  label: Word
  now: string
  values: readonly (readonly [string, Word])[]
  sent: (value: string) => object
}) {
  const [chosen, choose] = useState<string>()
  const [, save, refusal] = useSubmit(() => call('PUT /settings', { body: sent(chosen ?? now) as never }), t('settings.saved'))
  useEffect(() => {
    if (chosen !== undefined) void save()
  }, [chosen])
  useEffect(() => choose(undefined), [now])
  return (
    <div>
      <Choice
        label={t(label)}
        value={chosen ?? now}
        onValue={choose}
        options={values.map(([value, word]): [string, string] => [value, t(word)])}
      />
      <Refusal of={refusal} />
    </div>
  )
}

export function Settings() {
  const { value, error, reload } = useResource((signal) => call('GET /settings', { signal }), [], ['state', 'faults'])
  if (value === undefined) return error ? <Failure error={error} retry={reload} /> : <Loading />
  return (
    <>
      <div class="fields">
        <Setting
          label="settings.limits"
          now={String(value.limits.enabled)}
          values={[
            ['true', 'settings.on'],
            ['false', 'settings.off'],
          ]}
          sent={(chosen) => ({ limits: { enabled: chosen === 'true' } })}
        />
        <Setting
          label="settings.facts"
          now={value.facts}
          values={[
            ['manual', 'settings.manual'],
            ['observed', 'settings.observed'],
          ]}
          sent={(facts) => ({ facts })}
        />
        <Setting
          label="settings.strict"
          now={String(value.strictInputs)}
          values={[
            ['false', 'settings.accepted'],
            ['true', 'settings.refused'],
          ]}
          sent={(chosen) => ({ strictInputs: chosen === 'true' })}
        />
        <History value={value.history} />
      </div>
      <All values={value as unknown as Values} />
    </>
  )
}
