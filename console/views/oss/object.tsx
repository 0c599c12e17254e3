/** One object: what is known of it, and how it looks. */

import { readObject } from '../../lib/api.js'
import { bytes, dateTime, nameOf } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import type { ObjectRecord } from '../../lib/tables.js'
import { Download, Picture, Player } from '../../parts/object.js'
import { Panel, Section } from '../../parts/panel.js'
import { Badge, Code, Facts, Id, Loading } from '../../parts/text.js'
import { t } from '../../words/index.js'

/** Bytes of a text that are shown. */
const SHOWN = 64 * 1024

/** Bytes of a text that are fetched at all. */
const FETCHED = 4 * 1024 * 1024

const KINDS: readonly (readonly [kind: 'image' | 'video' | 'audio' | 'text', name: RegExp, type: RegExp])[] = [
  ['image', /\.(?:png|jpe?g|gif|webp|bmp)$/i, /^image\/(?!svg)/],
  ['video', /\.(?:mp4|m4v|webm|mov)$/i, /^video\//],
  ['audio', /\.(?:mp3|m4a|aac|wav|ogg)$/i, /^audio\//],
  ['text', /\.(?:txt|json|xml|md|csv|vtt|srt|ass|m3u8|mpd|html?|js|css|log|ya?ml|svg)$/i, /^text\/|json|xml|mpegurl/],
]

function Text({ object: { bucket, key, size } }: { object: ObjectRecord }) {
  const { value, error } = useResource(async (signal) => (await readObject(bucket, key, signal)).slice(0, SHOWN).text(), [bucket, key])
  if (error) return <p class="muted">{t('oss.gone')}</p>
  if (value === undefined) return <Loading />
  return (
    <>
      <Code text={value} wrap />
      {size > SHOWN && <p class="muted">{t('oss.cut', { n: bytes(SHOWN) })}</p>}
    </>
  )
}

function Preview({ object }: { object: ObjectRecord }) {
  const kind = KINDS.find(([, name, type]) => name.test(object.key) || type.test(object.contentType))?.[0]
  const name = nameOf(object.key)
  if (kind === 'image')
    return (
      <div class="picture">
        <Picture place={object} alt={name} otherwise={<p class="muted">{t('oss.noPreview')}</p>} />
      </div>
    )
  if (kind === 'video' || kind === 'audio') return <Player place={object} kind={kind} label={name} />
  if (kind === 'text' && object.size <= FETCHED) return <Text object={object} />
  return <p class="muted">{t('oss.noPreview')}</p>
}

export function ObjectPanel({ object, onClose }: { object: ObjectRecord | undefined; onClose: () => void }) {
  if (object === undefined)
    return (
      <Panel title={t('oss.list')} onClose={onClose}>
        <p class="muted">{t('oss.gone')}</p>
      </Panel>
    )
  return (
    <Panel title={nameOf(object.key)} sub={object.contentType} tools={<Download place={object} />} onClose={onClose}>
      <Section title={t('oss.preview')}>
        <Preview object={object} />
      </Section>
      <Facts
        of={[
          [t('oss.bucket'), <Id>{object.bucket}</Id>],
          [t('oss.key'), <Id>{object.key}</Id>],
          [t('common.size'), `${bytes(object.size)} (${object.size})`],
          [t('oss.class'), object.type],
          ['ETag', <Id>{object.etag}</Id>],
          ['CRC-64', <code>{object.crc64}</code>],
          [t('oss.copies'), object.copies],
          [t('oss.modified'), dateTime(object.modifiedAt)],
          [t('oss.expires'), object.expiresAt === undefined ? undefined : dateTime(object.expiresAt)],
          ['ACL', object.publicRead ? <Badge tone="warn">{t('oss.public')}</Badge> : undefined],
          [t('oss.headers'), Object.keys(object.headers).length > 0 && <Code text={JSON.stringify(object.headers, null, 2)} />],
        ]}
      />
    </Panel>
  )
}
