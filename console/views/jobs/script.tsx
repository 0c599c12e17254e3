/** What becomes of a job, as somebody decides it here. */

import { useState } from 'preact/hooks'
import type { JobScriptInput } from '../../../src/faults/fault.js'
import { call } from '../../lib/api.js'
import { pretty } from '../../lib/format.js'
import type { JobKindInfo } from '../../lib/known.js'
import type { JobInfo } from '../../lib/timeline.js'
import { useSubmit } from '../../parts/button.js'
import { Area, Choice, Dialog, Field } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { t } from '../../words/index.js'

/** Decides what becomes of a job; `custom`: its code is none that is documented. */
export const script = (id: string, input: JobScriptInput, custom = false) =>
  call('POST /jobs/{id}/script', { params: { id }, body: { ...input, ...(custom && { custom: true as const }) } as never })

/** Asks how a job is to fail. */
export function FailDialog({ job, kind, onClose }: { job: JobInfo; kind: JobKindInfo | undefined; onClose: () => void }) {
  const [code, setCode] = useState(kind?.errors[0] ?? '')
  const [message, setMessage] = useState('')
  const [stage, setStage] = useState('')
  const isCustom = kind !== undefined && code !== '' && !kind.errors.includes(code)
  const [busy, start, refusal] = useSubmit(
    () => script(job.id, { fail: { code, ...(message !== '' && { message }), ...(stage !== '' && { stage }) } }, isCustom),
    t('jobs.scripted'),
  )
  const stages = kind?.stages.slice(kind.stages.findIndex(({ name }) => name === job.stage)) ?? []
  return (
    <Dialog
      title={t('jobs.failTitle')}
      submit={t('jobs.fail').replace('…', '')}
      busy={busy}
      refusal={refusal}
      danger
      onClose={onClose}
      onSubmit={async () => code !== '' && start()}
    >
      <Field
        label={t('jobs.code')}
        value={code}
        onValue={setCode}
        choices={kind?.errors}
        hint={isCustom ? t('jobs.custom') : undefined}
        required
      />
      <Field label={t('jobs.message')} value={message} onValue={setMessage} hint={t('jobs.messageHint')} />
      <Choice
        label={t('jobs.inStage')}
        value={stage}
        onValue={setStage}
        options={[['', t('jobs.usualStage')], ...stages.map(({ name }): [string, string] => [name, name])]}
      />
    </Dialog>
  )
}

/** Asks with which result a job is to end. */
export function FinishDialog({ job, onClose }: { job: JobInfo; onClose: () => void }) {
  const [text, setText] = useState(pretty(job.result ?? {}))
  const { value, problem } = readJson(text)
  const [busy, start, refusal] = useSubmit(() => script(job.id, { finish: value as never }), t('jobs.scripted'))
  return (
    <Dialog
      title={t('jobs.finishTitle')}
      submit={t('jobs.finish').replace('…', '')}
      busy={busy}
      refusal={refusal}
      onClose={onClose}
      onSubmit={async () => problem === undefined && start()}
    >
      <Area label={t('jobs.resultJson')} value={text} onValue={setText} rows={10} problem={problem} />
    </Dialog>
  )
}
