/** Letting an event happen that no call has led to. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { pretty } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { go } from '../../lib/router.js'
import { useSubmit } from '../../parts/button.js'
import { Area, Choice, Dialog } from '../../parts/form.js'
import { readJson } from '../../parts/json.js'
import { t } from '../../words/index.js'

type EventType = AnswerTo<'GET /event-types'>[number]

/** JSON Schema, as far as an example can be made of it. */
interface Schema {
  type?: string
  const?: unknown
  default?: unknown
  enum?: readonly unknown[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  anyOf?: readonly Schema[]
  minimum?: number
}

/** Something that a schema takes. */
function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0], name)
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((each) => [each, exampleOf(schema.properties?.[each] ?? {}, each)]))
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items, name)] : []
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return true
  return /url/i.test(name) ? 'http://example.com/v1.mp4' : name.toLowerCase()
}

/** The fields of an event: those of an example, as far as they are its own, else what the schema takes. */
function fieldsOf({ fields, example }: EventType): string {
  const schema = fields as Schema
  const own = Object.entries(example ?? {}).filter(([name]) => schema.properties?.[name] !== undefined)
  return pretty(own.length > 0 ? { ...(exampleOf(schema) as object), ...Object.fromEntries(own) } : exampleOf(schema))
}

export function Simulate({ onClose }: { onClose: () => void }) {
  const types = useResource((signal) => call('GET /event-types', { signal }), []).value ?? []
  const [chosen, choose] = useState('FileUploadComplete')
  const [written, setWritten] = useState<string>()
  const type = types.find((each) => each.type === chosen) ?? types[0]
  const text = written ?? (type ? fieldsOf(type) : '{}')
  const { value, problem } = readJson(text)
  const [busy, start, refusal] = useSubmit(async () => {
    const event = await call('POST /events', { body: { type: type?.type ?? chosen, fields: value as Record<string, unknown> } })
    go('events', event.id)
  }, t('events.simulated'))
  return (
    <Dialog
      title={t('events.simulate')}
      submit={t('events.simulateIt')}
      busy={busy}
      refusal={refusal}
      onClose={onClose}
      onSubmit={async () => problem === undefined && start()}
    >
      <Choice
        label={t('events.type')}
        value={type?.type ?? chosen}
        onValue={(name) => {
          choose(name)
          setWritten(undefined)
        }}
        options={types.map((each): [string, string] => [each.type, each.type])}
        hint={type && t('events.when', { when: type.when })}
      />
      <Area label={t('events.fields')} hint={t('events.fieldsHint')} problem={problem} value={text} onValue={setWritten} rows={12} />
    </Dialog>
  )
}
