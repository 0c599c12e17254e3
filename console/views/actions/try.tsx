/** A form that calls an Action, and shows what is answered. */

import { useState } from 'preact/hooks'
import { call, callAction } from '../../lib/api.js'
import { isCommon } from '../../lib/calls.js'
import { duration, pretty } from '../../lib/format.js'
import type { ActionInfo } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { link } from '../../lib/router.js'
import { Button, useSubmit } from '../../parts/button.js'
import { Area, Choice, Field, Refusal } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { Section } from '../../parts/panel.js'
import { Copy, Failure, Json, Loading, Status } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { boundsOf, fits, isStructure, type ParamInfo, sentFor, valuesOf } from './param.js'

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

/** Texts by the names of parameters. */
type Texts = Readonly<Record<string, string>>

/** The parameters of a call, without those that every call has; those of none, if there was none, or it is gone. */
function useParamsOf(requestId: string | undefined): { params: Texts | undefined; error: Error | undefined } {
  const { value, error } = useResource(
    async (signal) =>
      requestId === undefined ? undefined : (await call('GET /requests/{requestId}', { params: { requestId }, signal })).params,
    [requestId],
  )
  if (requestId === undefined) return { params: {}, error: undefined }
  if (value === undefined) return { params: error && {}, error }
  return { params: Object.fromEntries(Object.entries(value).filter(([name]) => !isCommon(name))), error: undefined }
}

/** The form; `from`: with the parameters of the call that has this RequestId. */
export function Try({ info, from }: { info: ActionInfo; from: string | undefined }) {
  const { params, error } = useParamsOf(from)
  if (params === undefined) return <Loading />
  return (
    <>
      {error && <Failure error={error} />}
      <Form info={info} first={params} />
    </>
  )
}

function Form({ info: { service, action, params }, first }: { info: ActionInfo; first: Texts }) {
  const [values, setValues] = useState(first)
  const hasFields = Object.entries(first).every(([name, text]) => params.some((param) => param.name === name && fits(param, text)))
  const [written, setWritten] = useState(hasFields ? undefined : pretty(first))
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
