/** Videos, images and attached media as pictures, by categories. */

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { count, nameOf, playingTime } from '../../lib/format.js'
import type { Resource } from '../../lib/resource.js'
import { go, link } from '../../lib/router.js'
import { type Category, useTable } from '../../lib/tables.js'
import { More } from '../../parts/button.js'
import { Choice, Field } from '../../parts/form.js'
import { Icon, type IconName } from '../../parts/icons.js'
import { Picture, type Place } from '../../parts/object.js'
import { Split } from '../../parts/panel.js'
import { Badge, Empty, Failure, Loading, Newest } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { Begin, statusTone } from './common.js'
import { AttachedPanel, ImagePanel } from './image.js'
import { VideoPanel } from './video.js'

/** One medium in the library. */
interface Item {
  id: string
  title: string
  tags: readonly string[]
  categories: readonly number[]
  status: string
  cover: Place | undefined
  icon: IconName
  note: string
}

/** Cards that are drawn at a time. */
const STEP = 120

/** Categories below one another, as the options of a choice. */
function optionsOf(categories: readonly Category[], parent = -1, depth = 0): [string, string][] {
  return categories
    .filter(({ parentId }) => parentId === parent)
    .flatMap((each): [string, string][] => [
      [String(each.cateId), `${'  '.repeat(depth)}${each.name}`],
      ...optionsOf(categories, each.cateId, depth + 1),
    ])
}

/** A category and all below it. */
function within(categories: readonly Category[], id: number): Set<number> {
  const found = new Set([id])
  for (const { cateId, parentId } of categories.toSorted((a, b) => a.level - b.level)) if (found.has(parentId)) found.add(cateId)
  return found
}

const Card = ({ item, kind, open }: { item: Item; kind: string; open: boolean }) => (
  <li>
    <a class={`medium ${open ? 'open' : ''}`} href={link('media', kind, item.id)} aria-current={open ? 'true' : undefined}>
      <span class="cover">
        {item.cover ? <Picture place={item.cover} alt="" otherwise={<Icon name={item.icon} />} /> : <Icon name={item.icon} />}
        {item.note && <span class="note">{item.note}</span>}
      </span>
      <span class="medium-title">{item.title}</span>
      <Badge tone={statusTone(item.status)}>{item.status}</Badge>
    </a>
  </li>
)

/** Arrow keys go from card to card. */
function onKeyDown(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const cards = [...list.querySelectorAll<HTMLElement>('a')]
  const index = cards.indexOf(document.activeElement as HTMLElement)
  if (index < 0) return
  const top = cards[0]?.offsetTop
  const inRow = Math.max(1, cards.filter((card) => card.offsetTop === top).length)
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: inRow, ArrowUp: -inRow }[event.key]
  if (step === undefined) return
  event.preventDefault()
  cards[index + step]?.focus()
}

function Library({
  kind,
  items,
  categories,
  resource,
  open,
  panel,
}: {
  kind: 'videos' | 'images' | 'attached'
  items: readonly Item[]
  categories: readonly Category[]
  resource: Resource<readonly unknown[]> & { total: number }
  open: string | undefined
  panel: ComponentChildren
}) {
  const [text, setText] = useState('')
  const [status, setStatus] = useState('')
  const [category, setCategory] = useState('')
  const [most, setMost] = useState(STEP)
  if (resource.error && resource.value === undefined) return <Failure error={resource.error} retry={resource.reload} />
  if (resource.value === undefined) return <Loading />
  if (items.length === 0) return <Begin />
  const ids = category === '' || category === 'none' ? undefined : within(categories, Number(category))
  const wanted = text.toLowerCase()
  const found = items.filter(
    (item) =>
      (status === '' || item.status === status) &&
      (category === '' || (ids ? item.categories.some((id) => ids.has(id)) : item.categories.length === 0)) &&
      (wanted === '' || [item.id, item.title, ...item.tags].some((each) => each.toLowerCase().includes(wanted))),
  )
  return (
    <Split panel={open && panel}>
      <div class="tools">
        <Field label={t('common.search')} placeholder={t('media.find')} type="search" value={text} onValue={setText} />
        <Choice
          label={t('media.category')}
          value={category}
          onValue={setCategory}
          options={[['', t('common.all')], ['none', t('media.noCategory')], ...optionsOf(categories)]}
        />
        <Choice
          label={t('media.status')}
          value={status}
          onValue={setStatus}
          options={[
            ['', t('common.all')],
            ...[...new Set(items.map((item) => item.status))].sort().map((each): [string, string] => [each, each]),
          ]}
        />
        <div class="end muted">
          {t('media.shown', { n: count(found.length), all: count(items.length) })}
          {resource.total > items.length && <Newest shown={items.length} total={resource.total} />}
        </div>
      </div>
      <div class="page">
        {found.length === 0 && <Empty title={t('media.noneFound')} />}
        <ul class="media" onKeyDown={onKeyDown}>
          {found.slice(0, most).map((item) => (
            <Card key={item.id} item={item} kind={kind} open={item.id === open} />
          ))}
        </ul>
        <More left={found.length - most} show={() => setMost(most + STEP)} />
      </div>
    </Split>
  )
}

interface Props {
  open: string | undefined
}

export function Videos({ open }: Props) {
  const videos = useTable('vod.videos')
  const categories = useTable('vod.categories').value ?? []
  const items = (videos.value ?? []).toReversed().map(
    ({ videoId, title, tags, cateId, status, cover, facts, mediaType }): Item => ({
      id: videoId,
      title,
      tags,
      categories: cateId === undefined ? [] : [cateId],
      status,
      cover,
      icon: mediaType === 'audio' ? 'audio' : 'media',
      note: facts ? playingTime(facts.duration) : mediaType === 'audio' ? t('media.audio') : '',
    }),
  )
  const video = videos.value?.find(({ videoId }) => videoId === open)
  return (
    <Library
      kind="videos"
      items={items}
      categories={categories.filter(({ type }) => type === 'default')}
      resource={videos}
      open={open}
      panel={<VideoPanel key={open} video={video} categories={categories} onClose={() => go('media', 'videos')} />}
    />
  )
}

export function Images({ open }: Props) {
  const images = useTable('vod.images')
  const categories = useTable('vod.categories').value ?? []
  const items = (images.value ?? []).toReversed().map(
    ({ imageId, title, tags, cateId, status, file, width, height }): Item => ({
      id: imageId,
      title: title ?? nameOf(file.key),
      tags,
      categories: cateId === undefined ? [] : [cateId],
      status,
      // Of one that has not been uploaded, there is no picture yet.
      cover: status === 'Normal' ? file : undefined,
      icon: 'file',
      note: width && height ? `${width}×${height}` : '',
    }),
  )
  const image = images.value?.find(({ imageId }) => imageId === open)
  return (
    <Library
      kind="images"
      items={items}
      categories={categories.filter(({ type }) => type === 'default')}
      resource={images}
      open={open}
      panel={<ImagePanel key={open} image={image} categories={categories} onClose={() => go('media', 'images')} />}
    />
  )
}

export function AttachedMedia({ open }: Props) {
  const media = useTable('vod.attachedMedia')
  const categories = useTable('vod.categories').value ?? []
  const items = (media.value ?? []).toReversed().map(
    ({ mediaId, title, tags, cateIds, status, file, businessType }): Item => ({
      id: mediaId,
      title: title ?? nameOf(file.key),
      tags,
      categories: cateIds,
      status,
      cover: status === 'Normal' && /\.(?:png|jpe?g|gif)$/i.test(file.key) ? file : undefined,
      icon: 'file',
      note: businessType,
    }),
  )
  const medium = media.value?.find(({ mediaId }) => mediaId === open)
  return (
    <Library
      kind="attached"
      items={items}
      categories={categories.filter(({ type }) => type === 'material')}
      resource={media}
      open={open}
      panel={<AttachedPanel key={open} medium={medium} categories={categories} onClose={() => go('media', 'attached')} />}
    />
  )
}
