/** OSS of the account: its buckets, what is in them, and what is being put there in parts. */

import { useMemo, useState } from 'preact/hooks'
import { bytes, count, dateTime } from '../../lib/format.js'
import { go, link } from '../../lib/router.js'
import { type ObjectRecord, useTable } from '../../lib/tables.js'
import { Field } from '../../parts/form.js'
import { type Column, Grid } from '../../parts/grid.js'
import { Icon } from '../../parts/icons.js'
import { Split } from '../../parts/panel.js'
import { Empty, Failure, Loading, Newest } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { ObjectPanel } from './object.js'
import { Uploads } from './uploads.js'

/** A folder or an object in one. */
interface Row {
  name: string
  object?: ObjectRecord
  /** Of a folder. */
  objects: number
  size: number
  modifiedAt: number
}

/** What is directly in a folder: folders first. */
function rowsOf(objects: readonly ObjectRecord[], folder: string): Row[] {
  const folders = new Map<string, Row>()
  const files: Row[] = []
  for (const object of objects) {
    if (!object.key.startsWith(folder)) continue
    const rest = object.key.slice(folder.length)
    const slash = rest.indexOf('/')
    if (slash < 0) {
      files.push({ name: rest, object, objects: 1, size: object.size, modifiedAt: object.modifiedAt })
      continue
    }
    const name = rest.slice(0, slash + 1)
    const row = folders.get(name) ?? { name, objects: 0, size: 0, modifiedAt: 0 }
    row.objects += object.copies ?? 1
    row.size += object.size * (object.copies ?? 1)
    row.modifiedAt = Math.max(row.modifiedAt, object.modifiedAt)
    folders.set(name, row)
  }
  const byName = (a: Row, b: Row): number => (a.name < b.name ? -1 : 1)
  return [...[...folders.values()].sort(byName), ...files.sort(byName)]
}

const columns = (isNarrow: boolean): Column<Row>[] => [
  {
    name: 'key',
    head: t('oss.key'),
    width: 'minmax(0, 3fr)',
    cell: ({ name, object }) => (
      <span class="named" title={object?.key ?? name}>
        <Icon name={object ? 'file' : 'folder'} />
        <span>{name}</span>
      </span>
    ),
  },
  ...(isNarrow
    ? []
    : [
        {
          name: 'muted',
          head: t('oss.type'),
          width: 'minmax(0, 1fr)',
          cell: ({ object, objects }: Row) => (object ? object.contentType : t('oss.folders', { n: count(objects) })),
        },
      ]),
  { name: 'number', head: t('common.size'), width: '84px', cell: ({ size }) => bytes(size) },
  ...(isNarrow ? [] : [{ name: 'mono', head: t('oss.modified'), width: '146px', cell: ({ modifiedAt }: Row) => dateTime(modifiedAt) }]),
]

const keyOf = ({ name }: Row): string => name

/** The folders that a folder is in. */
function Path({ bucket, folder }: { bucket: string; folder: string }) {
  const names = folder.split('/').slice(0, -1)
  return (
    <nav class="path" aria-label={t('oss.path')}>
      <a href={link('oss', bucket)}>{bucket}</a>
      {names.map((name, index) => (
        <span key={index}>
          {' / '}
          <a href={link('oss', bucket, `${names.slice(0, index + 1).join('/')}/`)}>{name}</a>
        </span>
      ))}
    </nav>
  )
}

/** What is in a bucket; `open`: the name of a folder, or of an object. */
function Objects({ bucket, open, objects }: { bucket: string; open: string; objects: readonly ObjectRecord[] }) {
  const [text, setText] = useState('')
  const folder = open.slice(0, open.lastIndexOf('/') + 1)
  const isOpen = open !== folder
  const rows = useMemo(
    () =>
      text === ''
        ? rowsOf(objects, folder)
        : objects
            .filter(({ key }) => key.includes(text))
            .map((object): Row => ({ name: object.key, object, objects: 1, size: object.size, modifiedAt: object.modifiedAt })),
    [objects, folder, text],
  )
  const close = () => go('oss', bucket, folder)
  return (
    <Split panel={isOpen && <ObjectPanel key={open} object={objects.find(({ key }) => key === open)} onClose={close} />}>
      <div class="tools">
        <Field label={t('common.search')} placeholder={t('oss.find')} type="search" value={text} onValue={setText} />
        <div class="end muted">{t('oss.folders', { n: count(objects.length) })}</div>
      </div>
      <div class="path-row">
        <Path bucket={bucket} folder={folder} />
      </div>
      <Grid
        label={t('oss.list')}
        rows={rows}
        columns={columns(isOpen)}
        keyOf={keyOf}
        open={isOpen ? (text === '' ? open.slice(folder.length) : open) : undefined}
        onOpen={({ name, object }) => go('oss', bucket, object?.key ?? folder + name)}
        onClose={() =>
          isOpen
            ? close()
            : folder !== '' &&
              go(
                'oss',
                bucket,
                folder
                  .split('/')
                  .slice(0, -2)
                  .map((each) => `${each}/`)
                  .join(''),
              )
        }
        empty={<Empty title={t(objects.length === 0 ? 'oss.empty' : 'oss.noneFound')} />}
      />
    </Split>
  )
}

export function OssView({ parts: [chosen, open = ''] }: { parts: readonly string[] }) {
  const buckets = useTable('oss.buckets')
  const objects = useTable('oss.objects')
  if (objects.error && objects.value === undefined) return <Failure error={objects.error} retry={objects.reload} />
  if (buckets.value === undefined || objects.value === undefined) return <Loading />
  const all = objects.value
  // What the services keep for their callers is in buckets of their own.
  const names = [...new Set([...buckets.value.map(({ name }) => name), ...all.map(({ bucket }) => bucket)])]
  const bucket = chosen !== undefined && chosen !== '' ? chosen : names[0]
  if (bucket === undefined)
    return (
      <Empty title={t('oss.none')}>
        <p>{t('oss.noneHelp')}</p>
      </Empty>
    )
  return (
    <div class="oss">
      <nav class="buckets" aria-label={t('oss.buckets')}>
        <h2>{t('oss.buckets')}</h2>
        <ul>
          {names.map((name) => {
            const inIt = all.filter((each) => each.bucket === name)
            return (
              <li key={name}>
                <a href={link('oss', name)} aria-current={name === bucket ? 'page' : undefined}>
                  <span class="bucket-name" title={name}>
                    {name}
                  </span>
                  <small>
                    {buckets.value?.find((each) => each.name === name)?.region} {count(inIt.length)} ·{' '}
                    {bytes(inIt.reduce((sum, { size, copies = 1 }) => sum + size * copies, 0))}
                  </small>
                </a>
              </li>
            )
          })}
        </ul>
        {objects.total > all.length && <Newest shown={all.length} total={objects.total} />}
        <Uploads />
      </nav>
      <Objects key={bucket} bucket={bucket} open={open} objects={all.filter((each) => each.bucket === bucket)} />
    </div>
  )
}
