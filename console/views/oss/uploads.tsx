/** Uploads in parts that are under way. */

import { shortTime } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { loadTable } from '../../lib/tables.js'
import { t } from '../../words/index.js'

async function load(signal: AbortSignal) {
  const [uploads, parts] = await Promise.all([loadTable('oss.uploads', signal), loadTable('oss.parts', signal)])
  const counts = new Map<string, number>()
  for (const { value } of parts.rows) counts.set(value.upload, (counts.get(value.upload) ?? 0) + 1)
  return uploads.rows.map(({ key: id, value }) => ({ id, ...value, parts: counts.get(id) ?? 0 }))
}

export function Uploads() {
  const uploads = useResource(load, [], ['table oss.uploads', 'table oss.parts']).value ?? []
  return (
    <>
      <h2>{t('oss.uploads')}</h2>
      {uploads.length === 0 && <p class="muted">{t('oss.noUploads')}</p>}
      <ul>
        {uploads.map(({ id, bucket, key, parts, initiatedAt }) => (
          <li key={id} class="upload">
            <span class="bucket-name" title={`${bucket}/${key}`}>
              {key}
            </span>
            <small>
              {t('oss.parts', { n: parts })} · {t('oss.begun')} {shortTime(initiatedAt)}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}
