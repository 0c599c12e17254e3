/** The media library: what is in it, by categories, and what media are made with and played through. */

import { call } from '../../lib/api.js'
import { useResource } from '../../lib/resource.js'
import { go } from '../../lib/router.js'
import { Tabs } from '../../parts/form.js'
import { t } from '../../words/index.js'
import { Apps, Domains, Templates } from './around.js'
import { AttachedMedia, Images, Videos } from './library.js'

const NAMES = ['videos', 'images', 'attached', 'templates', 'domains', 'apps'] as const

type TabName = (typeof NAMES)[number]

/** The tables whose entries are counted beside the names. */
const TABLES: Partial<Record<TabName, string>> = {
  videos: 'vod.videos',
  images: 'vod.images',
  attached: 'vod.attachedMedia',
  domains: 'vod.domains',
  apps: 'vod.apps',
}

const views = { videos: Videos, images: Images, attached: AttachedMedia, templates: Templates, domains: Domains, apps: Apps }

export function MediaView({ parts: [first = '', open] }: { parts: readonly string[] }) {
  const chosen = NAMES.find((name) => name === first) ?? 'videos'
  const tables = useResource((signal) => call('GET /tables', { signal }), [], ['state', 'calls']).value
  const View = views[chosen]
  const countOf = (name: TabName): number | undefined => {
    const table = TABLES[name]
    return table === undefined || tables === undefined ? undefined : (tables.find((each) => each.name === table)?.entries ?? 0)
  }
  return (
    <>
      <Tabs
        label={t('media.tabs')}
        chosen={chosen}
        onChoose={(name) => go('media', name)}
        tabs={NAMES.map((name) => [name, t(`media.${name}`), countOf(name)] as const)}
      />
      <View key={chosen} open={open} />
    </>
  )
}
