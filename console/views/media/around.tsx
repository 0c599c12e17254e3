/** What media are made with and played through: templates, domains, applications. */

import { dateTime } from '../../lib/format.js'
import { useTable } from '../../lib/tables.js'
import { Badge, Empty, Facts, Id, Json } from '../../parts/text.js'
import { t } from '../../words/index.js'

const Default = ({ is }: { is: boolean }) => (is ? <Badge tone="accent">{t('media.default')}</Badge> : null)

function Named({
  title,
  items,
}: {
  title: string
  items: readonly { id: string; name: string; kind: string; isDefault: boolean; record: unknown }[]
}) {
  return (
    <section class="card">
      <header>
        <h2>
          {title} <span class="count">{items.length}</span>
        </h2>
      </header>
      {items.length === 0 && <p class="muted">{t('media.noTemplates')}</p>}
      {items.map(({ id, name, kind, isDefault, record }) => (
        <details key={id}>
          <summary>
            <strong>{name}</strong> {kind} <Default is={isDefault} /> <code>{id}</code>
          </summary>
          <Json value={record} />
        </details>
      ))}
    </section>
  )
}

export function Templates() {
  const groups = useTable('vod.templateGroups').value ?? []
  const templates = useTable('vod.vodTemplates').value ?? []
  const ai = useTable('vod.aiTemplates').value ?? []
  const watermarks = useTable('vod.watermarks').value ?? []
  return (
    <div class="page">
      <section class="card">
        <header>
          <h2>
            {t('media.transcode')} <span class="count">{groups.length}</span>
          </h2>
        </header>
        {groups.map((group) => (
          <details key={group.templateGroupId} open={group.isDefault}>
            <summary>
              <strong>{group.name}</strong> <Default is={group.isDefault} /> <code>{group.templateGroupId}</code>
            </summary>
            {group.templates.length === 0 ? <p class="muted">{t('media.noTemplates')}</p> : <Json value={group.templates} />}
          </details>
        ))}
      </section>
      <Named
        title={t('media.vodTemplates')}
        items={templates.map((each) => ({
          id: each.vodTemplateId,
          name: each.name,
          kind: each.templateType,
          isDefault: each.isDefault,
          record: each,
        }))}
      />
      <Named
        title={t('media.watermarks')}
        items={watermarks.map((each) => ({
          id: each.watermarkId,
          name: each.name ?? each.watermarkId,
          kind: each.type,
          isDefault: each.isDefault,
          record: each,
        }))}
      />
      <Named
        title={t('media.aiTemplates')}
        items={ai.map((each) => ({
          id: each.templateId,
          name: each.name ?? each.templateId,
          kind: each.type,
          isDefault: each.isDefault,
          record: each,
        }))}
      />
    </div>
  )
}

export function Domains() {
  const domains = useTable('vod.domains').value
  if (domains?.length === 0) return <Empty title={t('media.noDomains')} />
  return (
    <div class="page">
      {domains?.map((domain) => (
        <section key={domain.name} class="card">
          <header>
            <h2>{domain.name}</h2>
            <Badge tone={domain.status === 'online' ? 'good' : /failed/.test(domain.status) ? 'bad' : 'warn'}>{domain.status}</Badge>
          </header>
          <Facts
            of={[
              ['Scope', domain.scope],
              ['Sources', domain.sources.map(({ type, content, port }) => `${type} ${content}:${port}`).join(', ')],
              ['CertId', domain.certId && <Id>{domain.certId}</Id>],
              [t('media.created'), dateTime(domain.createdAt)],
            ]}
          />
          {domain.configs.length > 0 && <Json value={domain.configs} />}
        </section>
      ))}
    </div>
  )
}

export function Apps() {
  const apps = useTable('vod.apps').value ?? []
  return (
    <div class="page">
      <section class="card">
        <table>
          <thead>
            <tr>
              <th scope="col">AppId</th>
              <th scope="col">{t('common.name')}</th>
              <th scope="col">{t('common.kind')}</th>
              <th scope="col">{t('media.status')}</th>
              <th scope="col">{t('media.created')}</th>
            </tr>
          </thead>
          <tbody>
            {apps.map((app) => (
              <tr key={app.appId}>
                <td>
                  <code>{app.appId}</code>
                </td>
                <td>
                  {app.name} <span class="muted">{app.description}</span>
                </td>
                <td>{app.type}</td>
                <td>
                  <Badge tone={app.status === 'Normal' ? 'good' : 'warn'}>{app.status}</Badge>
                </td>
                <td>{dateTime(app.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
