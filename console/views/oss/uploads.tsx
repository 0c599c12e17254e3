/** Uploads in parts that are under way. */

import { shortTime } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { loadTable } from '../../lib/tables.js'
import { t } from '../../words/index.js'

async function load(signal: AbortSignal) {
  const [uploads, parts] = await Promise.all([loadTable('oss.uploads', signal), loadTable('oss.parts', signal)])
  return uploads.map(({ key: id, value }) => ({ id, ...value, parts: parts.filter((part) => part.value.upload === id).length }))
}

export function Uploads() {
  const uploads = useResource(load, [], ['state', 'calls']).value ?? []
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
