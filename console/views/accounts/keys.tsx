/** Access keys of the account, its RAM users and its STS sessions. */

import { useState } from 'preact/hooks'
import { type AnswerTo, call } from '../../lib/api.js'
import { dateTime } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { ActionButton, Button, More, useSubmit } from '../../parts/button.js'
import { Area, Choice, Dialog, Field } from '../../parts/form.js'
import { Section } from '../../parts/panel.js'
import { Badge, Copy, Failure, Loading, Secret } from '../../parts/text.js'
import { t } from '../../words/index.js'

type Key = AnswerTo<'GET /access-keys'>[number]

interface Principal {
  name: string
  kind: 'user' | 'role'
  allow: readonly string[]
  deny: readonly string[]
}

function Row({ accessKeyId, accessKeySecret, owner, name, active, securityToken, expiresAt }: Key) {
  return (
    <tr>
      <td>
        <code>{accessKeyId}</code> <Copy text={accessKeyId} label={`${t('common.copy')} Id`} />
      </td>
      <td>
        {t(`keys.${owner}`)} {owner !== 'account' && <strong>{name}</strong>}
        {expiresAt && (
          <div class="muted">
            {t('keys.expires')} {dateTime(expiresAt)}
          </div>
        )}
      </td>
      <td>
        <Secret text={accessKeySecret} name={accessKeyId} />
        {securityToken && (
          <div>
            <span class="muted">{t('keys.token')}</span> <Secret text={securityToken} name={`${t('keys.token')} ${accessKeyId}`} />
          </div>
        )}
      </td>
      <td>
        <Badge tone={active ? 'good' : 'bad'}>{t(active ? 'keys.active' : 'keys.inactive')}</Badge>
      </td>
      <td class="number">
        <ActionButton
          class="small"
          aria-label={`${t(active ? 'keys.disable' : 'keys.enable')}: ${accessKeyId}`}
          run={() => call('PUT /access-keys', { body: { accessKeyId, active: !active } })}
        >
          {t(active ? 'keys.disable' : 'keys.enable')}
        </ActionButton>
      </td>
    </tr>
  )
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

function Add({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState('user')
  const [name, setName] = useState('')
  const [allow, setAllow] = useState('*')
  const [deny, setDeny] = useState('')
  const [busy, start, refusal] = useSubmit(() => {
    const body = { name, allow: linesOf(allow), ...(deny.trim() !== '' && { deny: linesOf(deny) }) }
    return kind === 'user' ? call('POST /ram/users', { body }) : call('POST /ram/roles', { body })
  }, t('keys.put'))
  return (
    <Dialog title={t('keys.addUser')} submit={t('keys.add')} busy={busy} refusal={refusal} onClose={onClose} onSubmit={start}>
      <Choice
        label={t('common.kind')}
        value={kind}
        onValue={setKind}
        options={[
          ['user', t('keys.user')],
          ['role', t('keys.role')],
        ]}
      />
      <Field label={t('keys.name')} value={name} onValue={setName} required />
      <Area label={t('keys.allow')} hint={t('keys.patternHint')} value={allow} onValue={setAllow} rows={2} />
      <Area label={t('keys.deny')} value={deny} onValue={setDeny} rows={2} />
    </Dialog>
  )
}

async function loadPrincipals(signal: AbortSignal): Promise<Principal[]> {
  const load = async (table: string, kind: Principal['kind']) => {
    const entries = await call('GET /tables/{table}', { params: { table }, signal })
    return entries.map(({ key: name, value }): Principal => {
      const { allow = [], deny = [] } = value as { allow?: string[]; deny?: string[] }
      return { name, kind, allow, deny }
    })
  }
  return [...(await load('ram.users', 'user')), ...(await load('ram.roles', 'role'))]
}

function Principals() {
  const [isAdding, setAdding] = useState(false)
  const principals = useResource(loadPrincipals, [], ['accounts', 'state']).value
  return (
    <Section title={t('keys.users')} tools={<Button onClick={() => setAdding(true)}>{t('keys.addUser')}</Button>}>
      {principals?.length === 0 && <p class="muted">{t('keys.noUsers')}</p>}
      {principals && principals.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('keys.name')}</th>
              <th scope="col">{t('common.kind')}</th>
              <th scope="col">{t('keys.allow')}</th>
              <th scope="col">{t('keys.deny')}</th>
              <th scope="col">
                <span class="hidden">{t('keys.session.start')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {principals.map(({ name, kind, allow, deny }) => (
              <tr key={`${kind} ${name}`}>
                <td>
                  <strong>{name}</strong>
                </td>
                <td>{t(`keys.${kind}`)}</td>
                <td>
                  <code>{allow.join(', ')}</code>
                </td>
                <td>
                  <code>{deny.join(', ')}</code>
                </td>
                <td class="number">
                  {kind === 'role' && (
                    <ActionButton
                      class="small"
                      run={() => call('POST /sts/sessions', { body: { role: name } })}
                      done={t('keys.session.started')}
                    >
                      {t('keys.session.start')}
                    </ActionButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isAdding && <Add onClose={() => setAdding(false)} />}
    </Section>
  )
}

/** Keys that are drawn at a time. */
const STEP = 100

/** Those of the account, then the others, the newest first. */
const sorted = (keys: readonly Key[]): Key[] => {
  const isOwn = ({ owner }: Key): boolean => owner === 'account'
  return [...keys.filter(isOwn), ...keys.filter((key) => !isOwn(key)).reverse()]
}

export function Keys() {
  const { value: keys, error, reload } = useResource((signal) => call('GET /access-keys', { signal }), [], ['accounts', 'state'])
  const [most, setMost] = useState(STEP)
  if (error && keys === undefined) return <Failure error={error} retry={reload} />
  if (keys === undefined) return <Loading />
  return (
    <>
      <Section title={t('accounts.keys')}>
        <table>
          <thead>
            <tr>
              <th scope="col">AccessKeyId</th>
              <th scope="col">{t('keys.owner')}</th>
              <th scope="col">{t('keys.secret')}</th>
              <th scope="col">{t('common.state')}</th>
              <th scope="col">
                <span class="hidden">{t('keys.disable')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted(keys)
              .slice(0, most)
              .map((key) => (
                <Row key={key.accessKeyId} {...{ ...key }} />
              ))}
          </tbody>
        </table>
        <More left={keys.length - most} show={() => setMost(most + STEP)} />
      </Section>
      <Principals />
    </>
  )
}
