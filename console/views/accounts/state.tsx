/** The state of the account: as a document, and as snapshots to come back to. */

import { useRef, useState } from 'preact/hooks'
import { call } from '../../lib/api.js'
import { count, dateTime } from '../../lib/format.js'
import { account } from '../../lib/known.js'
import { useResource } from '../../lib/resource.js'
import { ActionButton, Button, useSubmit } from '../../parts/button.js'
import { Field, Refusal } from '../../parts/form.js'
import { Section } from '../../parts/panel.js'
import { Failure } from '../../parts/text.js'
import { t } from '../../words/index.js'

/** Saves a text as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const exportAs = (bytes: 'named' | 'inline') => async (): Promise<void> =>
  save(`state-${account()?.accountId ?? 'account'}.json`, JSON.stringify(await call('GET /state', { query: { bytes } })))

function Import() {
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File>()
  const [busy, start, refusal] = useSubmit(async () => {
    await call('PUT /state', { body: JSON.parse((await file?.text()) ?? '') })
    setFile(undefined)
    if (input.current) input.current.value = ''
  }, t('state.imported'))
  return (
    <Section title={t('state.import')}>
      <p class="muted">{t('state.importHelp')}</p>
      <div class="row">
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          aria-label={t('state.file')}
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
        <Button look="danger" busy={busy} disabled={file === undefined} onClick={start}>
          {t('state.import')}
        </Button>
        <Refusal of={refusal} />
      </div>
    </Section>
  )
}

function Snapshots() {
  const { value, error, reload } = useResource((signal) => call('GET /snapshots', { signal }), [], ['state', 'accounts'])
  const [name, setName] = useState('')
  const [busy, start, refusal] = useSubmit(async () => {
    await call('POST /snapshots', { body: { name } })
    setName('')
  }, t('state.savedSnapshot'))
  return (
    <Section title={t('state.snapshots')}>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <Field label={t('state.snapshotName')} value={name} onValue={setName} required />
        <Button type="submit" busy={busy} disabled={name === ''}>
          {t('common.save')}
        </Button>
        <Refusal of={refusal} />
      </form>
      {error && <Failure error={error} retry={reload} />}
      {value?.length === 0 && <p class="muted">{t('state.noSnapshots')}</p>}
      <ul class="lines snapshots">
        {value?.map((snapshot) => (
          <li key={snapshot.name}>
            <strong>{snapshot.name}</strong>
            <time>{dateTime(snapshot.time)}</time>
            <ActionButton
              class="small"
              run={() => call('POST /snapshots/{name}/restore', { params: { name: snapshot.name } })}
              done={t('state.restored')}
              aria-label={`${t('state.restore')}: ${snapshot.name}`}
            >
              {t('state.restore')}
            </ActionButton>
            <ActionButton
              class="small"
              run={() => call('DELETE /snapshots/{name}', { params: { name: snapshot.name } })}
              aria-label={`${t('common.remove')}: ${snapshot.name}`}
            >
              {t('common.remove')}
            </ActionButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Contents() {
  const tables = useResource((signal) => call('GET /tables', { signal }), [], ['state', 'calls']).value ?? []
  return (
    <Section title={t('state.tables')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('state.table')}</th>
            <th scope="col" class="number">
              {t('state.entries')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, entries }) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td class="number">{count(entries)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

export const State = () => (
  <div class="columns">
    <div>
      <Snapshots />
      <Section title={t('state.export')}>
        <p class="muted">{t('state.exportHelp')}</p>
        <div class="buttons spaced">
          <ActionButton run={exportAs('named')}>{t('state.named')}</ActionButton>
          <ActionButton run={exportAs('inline')}>{t('state.inline')}</ActionButton>
        </div>
      </Section>
      <Import />
    </div>
    <Contents />
  </div>
)
