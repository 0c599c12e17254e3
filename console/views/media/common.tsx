/** What media of all kinds have in common. */

import { call } from '../../lib/api.js'
import { link } from '../../lib/router.js'
import type { Category } from '../../lib/tables.js'
import { ActionButton } from '../../parts/button.js'
import { Panel } from '../../parts/panel.js'
import { Empty, type Tone } from '../../parts/text.js'
import { t } from '../../words/index.js'

/** How a status is marked. */
export const statusTone = (status: string): Tone =>
  status === 'Normal'
    ? 'good'
    : /Fail|Blocked/.test(status)
      ? 'bad'
      : /Uploading|Transcoding|Checking|UploadSucc/.test(status)
        ? 'accent'
        : 'plain'

/** What is said where the library is empty. */
export const Begin = () => (
  <Empty title={t('media.none')}>
    <p>{t('media.noneHelp')}</p>
    <ActionButton run={() => call('POST /worlds/{name}', { params: { name: 'demo' } })} done={t('media.demoAdded')}>
      {t('media.demo')}
    </ActionButton>
  </Empty>
)

/** Where nothing is under this id. */
export const Gone = ({ onClose }: { onClose: () => void }) => (
  <Panel title={t('nav.media')} onClose={onClose}>
    <p class="muted">{t('media.gone')}</p>
  </Panel>
)

/** Names of categories. */
export const namesOf = (categories: readonly Category[], ids: readonly number[]): string =>
  ids.map((id) => categories.find(({ cateId }) => cateId === id)?.name ?? String(id)).join(', ')

/** An object, and the way to it. */
export const ObjectLink = ({ bucket, key: name }: { bucket: string; key: string }) => (
  <a href={link('oss', bucket, name)}>
    <code>{name}</code>
  </a>
)
