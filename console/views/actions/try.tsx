/** A form that calls an Action, and shows what is answered. */

import { useState } from 'preact/hooks'
import { callAction } from '../../lib/api.js'
import { duration, pretty } from '../../lib/format.js'
import type { ActionInfo } from '../../lib/known.js'
import { link } from '../../lib/router.js'
import { Button, useSubmit } from '../../parts/button.js'
import { Area, Choice, Field, Refusal } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { Section } from '../../parts/panel.js'
import { Copy, Json, Status } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { boundsOf, isStructure, type ParamInfo, sentFor, valuesOf } from './param.js'

type Answer = Awaited<ReturnType<typeof callAction>>

function Input({ param, value, onValue }: { param: ParamInfo; value: string; onValue: (value: string) => void }) {
  const label = (
    <>
      <code>{param.name}</code> {param.required && <strong class="required">*</strong>}
    </>
  )
  const hint = boundsOf(param).slice(-1)[0]
  const values = valuesOf(param)
  if (values)
    return (
      <Choice
        label={label}
        value={value}
        onValue={onValue}
        options={[['', '—'], ...values.map((each): [string, string] => [each, each])]}
      />
    )
  if (isStructure(param)) return <Area label={label} hint={hint} value={value} onValue={onValue} rows={2} />
  return <Field label={label} hint={hint} value={value} onValue={onValue} />
}

function Answered({ answer: { status, body, elapsed } }: { answer: Answer }) {
  const id = typeof body === 'object' && body !== null ? (body as { RequestId?: string; requestId?: string }).RequestId : undefined
  return (
    <div class="answered" role="status">
      <p class="outcome">
        <Status status={status} />
        <span class="muted">{t('actions.answered', { time: duration(elapsed) })}</span>
        {id && <a href={link('calls', id)}>{t('actions.toCall')}</a>}
        <Copy text={typeof body === 'string' ? body : pretty(body)} />
      </p>
      <Json value={body} />
    </div>
  )
}

export function Try({ info: { service, action, params } }: { info: ActionInfo }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [written, setWritten] = useState<string>()
  const [answer, setAnswer] = useState<Answer>()
  const given = params.filter(({ name }) => (values[name] ?? '') !== '')
  const text = written ?? pretty(Object.fromEntries(given.map((param) => [param.name, sentFor(param, values[param.name] ?? '')])))
  const { value, problem } = readJson(text)
  const [busy, start, refusal] = useSubmit(async () => setAnswer(await callAction(service, action, value as Record<string, unknown>)))
  return (
    <Section
      title={t('actions.try')}
      tools={
        <label class="check">
          <input
            type="checkbox"
            checked={written !== undefined}
            onChange={(event) => setWritten(event.currentTarget.checked ? text : undefined)}
          />{' '}
          {t('actions.asJson')}
        </label>
      }
    >
      <form
        class="try"
        onSubmit={(event) => {
          event.preventDefault()
          if (problem === undefined) void start()
        }}
      >
        {written === undefined ? (
          <div class="fields">
            {params
              .toSorted((a, b) => Number(b.required) - Number(a.required))
              .map((param) => (
                <Input
                  key={param.name}
                  param={param}
                  value={values[param.name] ?? ''}
                  onValue={(to) => setValues({ ...values, [param.name]: to })}
                />
              ))}
          </div>
        ) : (
          <Area label={t('actions.params')} value={written} onValue={setWritten} problem={problem} rows={8} />
        )}
        <div class="buttons">
          <Button type="submit" look="primary" busy={busy}>
            {t('actions.call')}
          </Button>
          <small class="muted">{t('actions.callHelp')}</small>
        </div>
        <Refusal of={refusal} />
      </form>
      {answer && <Answered answer={answer} />}
    </Section>
  )
}
