/** One image, or one attached medium. */

import type { AttachedMedia } from '../../../src/products/vod/shared/media/attached-media.js'
import type { Image } from '../../../src/products/vod/shared/media/image.js'
import { bytes, dateTime, nameOf } from '../../lib/format.js'
import type { Category } from '../../lib/tables.js'
import { Download, Picture } from '../../parts/object.js'
import { Panel, Section } from '../../parts/panel.js'
import { Badge, Facts, Id, Json } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { Gone, namesOf, ObjectLink, statusTone } from './common.js'

interface Props {
  categories: readonly Category[]
  onClose: () => void
}

type Common = Image | AttachedMedia

const common = (medium: Common): [string, preact.ComponentChildren][] => [
  [t('media.tags'), medium.tags.join(', ')],
  [t('common.size'), medium.size !== undefined && bytes(medium.size)],
  [t('media.app'), <code>{medium.appId}</code>],
  [t('media.created'), dateTime(medium.createdAt)],
  [t('media.changed'), dateTime(medium.modifiedAt)],
  [t('media.place'), ObjectLink(medium.file)],
]

export function ImagePanel({ image, categories, onClose }: Props & { image: Image | undefined }) {
  if (image === undefined) return <Gone onClose={onClose} />
  const title = image.title ?? nameOf(image.file.key)
  return (
    <Panel
      title={title}
      sub={<Badge tone={statusTone(image.status)}>{image.status}</Badge>}
      tools={<Download place={image.file} />}
      onClose={onClose}
    >
      <div class="picture">
        <Picture place={image.file} alt={title} otherwise={<p class="muted">{t('media.noBytes')}</p>} />
      </div>
      <Section title={t('media.facts')}>
        <Facts
          of={[
            ['ImageId', <Id>{image.imageId}</Id>],
            [t('common.kind'), image.imageType],
            [t('media.category'), image.cateId === undefined ? undefined : namesOf(categories, [image.cateId])],
            [t('media.picture'), image.width && image.height ? `${image.width} × ${image.height}` : undefined],
            ...common(image),
          ]}
        />
      </Section>
    </Panel>
  )
}

export function AttachedPanel({ medium, categories, onClose }: Props & { medium: AttachedMedia | undefined }) {
  if (medium === undefined) return <Gone onClose={onClose} />
  const title = medium.title ?? nameOf(medium.file.key)
  const isPicture = /\.(?:png|jpe?g|gif)$/i.test(medium.file.key)
  return (
    <Panel
      title={title}
      sub={<Badge tone={statusTone(medium.status)}>{medium.status}</Badge>}
      tools={<Download place={medium.file} />}
      onClose={onClose}
    >
      {isPicture && (
        <div class="picture">
          <Picture place={medium.file} alt={title} otherwise={<p class="muted">{t('media.noBytes')}</p>} />
        </div>
      )}
      <Section title={t('media.facts')}>
        <Facts
          of={[
            ['MediaId', <Id>{medium.mediaId}</Id>],
            [t('common.kind'), medium.businessType],
            [t('media.category'), namesOf(categories, medium.cateIds)],
            ...common(medium),
          ]}
        />
      </Section>
      <Section title={t('media.record')}>
        <Json value={medium} />
      </Section>
    </Panel>
  )
}
