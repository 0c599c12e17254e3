/** The form for a fault. It completes Actions and codes from the catalogue, and shows what it will send. */

import { useMemo, useState } from 'preact/hooks'
import { Wildcard } from '../../../src/patterns/wildcard.js'
import { call } from '../../lib/api.js'
import { pretty } from '../../lib/format.js'
import { type ActionInfo, loadActions, useKnown } from '../../lib/known.js'
import { Button, useSubmit } from '../../parts/button.js'
import { Area, Field, Refusal } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { t, type Word } from '../../words/index.js'
import { type Draft, effects, faultOf, fieldsOf, NEW, wordOf } from './draft.js'

/** Operations of OSS that tests have go wrong. */
const OPERATIONS = [
  'PutObject',
  'PostObject',
  'GetObject',
  'HeadObject',
  'DeleteObject',
  'InitiateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'AppendObject',
  'CopyObject',
  'ListObjects',
]

/** Actions that the fault is for, and the codes that these document. */
function matchOf(actions: readonly ActionInfo[], { service, action }: Draft) {
  const [services, names] = [new Wildcard(service || '*'), new Wildcard(action || '*')]
  const ofService = actions.filter((each) => services.test(each.service))
  const found = ofService.filter((each) => names.test(each.action))
  return {
    services: [...new Set(actions.map((each) => each.service))].sort(),
    actions: [...new Set(ofService.map((each) => each.action))].sort(),
    codes: [...new Set(found.flatMap(({ errors }) => errors.map(({ code }) => code)))].sort(),
  }
}

const FIELDS: readonly (readonly [name: keyof Draft, label: Word, hint?: Word])[] = [
  ['service', 'faults.service'],
  ['action', 'faults.action', 'faults.actionHint'],
  ['bucket', 'faults.bucket'],
  ['key', 'faults.key', 'faults.actionHint'],
  ['code', 'faults.code'],
  ['status', 'faults.status', 'faults.documented'],
  ['message', 'faults.message', 'faults.documented'],
  ['length', 'faults.length', 'faults.lengthHint'],
  ['bytes', 'faults.bytes'],
  ['type', 'faults.type'],
]

const COUNTS: readonly (readonly [name: keyof Draft, label: Word])[] = [
  ['every', 'faults.every'],
  ['after', 'faults.after'],
  ['times', 'faults.times'],
]

/** What happens, by what it happens to. */
function EffectChoice({ value, onValue }: { value: Draft['effect']; onValue: (effect: Draft['effect']) => void }) {
  return (
    <div class="field">
      <label for="effect">{t('faults.effect')}</label>
      <select id="effect" value={value} onChange={(event) => onValue(event.currentTarget.value as Draft['effect'])}>
        {(Object.keys(effects) as (keyof typeof effects)[]).map((group) => (
          <optgroup key={group} label={t(`effects.${group}`)}>
            {effects[group].map((effect) => (
              <option key={effect} value={effect}>
                {t(wordOf(effect))}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

export function FaultForm({ onDone }: { onDone: () => void }) {
  const [draft, setDraft] = useState(NEW)
  const [written, setWritten] = useState<string>()
  const catalogue = useKnown(loadActions) ?? []
  const { services, actions, codes } = useMemo(() => matchOf(catalogue, draft), [catalogue, draft.service, draft.action])
  const fields = fieldsOf(draft.effect)
  const isOss = draft.effect.startsWith('oss.')
  const isCustom = draft.code !== '' && draft.effect === 'error' && codes.length > 0 && !codes.includes(draft.code)
  const text = written ?? pretty(faultOf(draft, isCustom))
  const { value, problem } = readJson(text)
  const [busy, add, refusal] = useSubmit(() => call('POST /faults', { body: value as never }), t('faults.added'))
  const set = (name: keyof Draft) => (to: string) => setDraft({ ...draft, [name]: to })
  const choices: Partial<Record<keyof Draft, readonly string[]>> = {
    service: services,
    action: isOss ? OPERATIONS : actions,
    code: isOss ? [] : codes,
  }
  return (
    <form
      class="card"
      onSubmit={async (event) => {
        event.preventDefault()
        if (problem === undefined && (await add())) onDone()
      }}
    >
      <header>
        <h2>{t('faults.add')}</h2>
        <div class="buttons">
          <Button onClick={onDone}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('faults.addIt')}
          </Button>
        </div>
      </header>
      <Refusal of={refusal} />
      <div class="form-columns">
        <div class="fields">
          <div class="whole">
            <EffectChoice value={draft.effect} onValue={(effect) => setDraft({ ...draft, effect })} />
          </div>
          {FIELDS.filter(([name]) => fields.has(name)).map(([name, label, hint]) => (
            <Field
              key={name}
              label={t(name === 'action' && isOss ? 'faults.operation' : label)}
              hint={name === 'code' && isCustom ? t('faults.custom') : hint && t(hint)}
              value={draft[name]}
              onValue={set(name)}
              choices={choices[name]}
            />
          ))}
          {fields.has('identity') && (
            <Field label={t('faults.identity')} hint={t('faults.identityHint')} value={draft.identity} onValue={set('identity')} />
          )}
          {COUNTS.map(([name, label]) => (
            <Field key={name} label={t(label)} value={draft[name]} onValue={set(name)} />
          ))}
          {!isOss && (
            <div class="whole">
              <Area label={t('faults.when')} hint={t('faults.whenHint')} value={draft.when} onValue={set('when')} rows={2} />
            </div>
          )}
        </div>
        <div>
          <Area label={t('faults.json')} hint={t('faults.jsonHint')} problem={problem} value={text} onValue={setWritten} rows={12} />
          {written !== undefined && (
            <Button look="quiet" class="small" onClick={() => setWritten(undefined)}>
              {t('faults.reset')}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
