/** Records of the account, as its state has them. */

import { useMemo } from 'preact/hooks'
import type { App } from '../../src/products/vod/shared/apps/app.js'
import type { Domain } from '../../src/products/vod/shared/domains/domain.js'
import type { AttachedMedia } from '../../src/products/vod/shared/media/attached-media.js'
import type { Image } from '../../src/products/vod/shared/media/image.js'
import type { Video } from '../../src/products/vod/shared/media/video.js'
import type { TemplateGroup } from '../../src/products/vod/shared/templates/template-group.js'
import { callForPage, type Page } from './api.js'
import { type Resource, useResource } from './resource.js'

/** Records that one table is asked for at most. */
const MOST = 10_000

/** A category of videos, images or attached media. */
export interface Category {
  cateId: number
  type: string
  name: string
  parentId: number
  level: number
}

/** An object in OSS, as far as it is shown. */
export interface ObjectRecord {
  bucket: string
  key: string
  contentType: string
  type: string
  size: number
  etag: string
  crc64: string
  headers: Record<string, string>
  tags?: readonly unknown[]
  publicRead?: boolean
  copies?: number
  expiresAt?: number
  modifiedAt: number
}

/** What tables hold, by their names. */
export interface Tables {
  'vod.videos': Video
  'vod.images': Image
  'vod.attachedMedia': AttachedMedia
  'vod.categories': Category
  'vod.templateGroups': TemplateGroup
  'vod.vodTemplates': { vodTemplateId: string; name: string; templateType: string; isDefault: boolean }
  'vod.aiTemplates': { templateId: string; name?: string; type: string; isDefault: boolean }
  'vod.watermarks': { watermarkId: string; name?: string; type: string; isDefault: boolean }
  'vod.domains': Domain
  'vod.apps': App
  'oss.buckets': { name: string; region: string; createdAt: number }
  'oss.objects': ObjectRecord
  'oss.uploads': { bucket: string; key: string; initiatedAt: number }
  'oss.parts': { upload: string; number: number; content: unknown; md5: string; modifiedAt: number }
}

/** The newest entries of a table with their keys, oldest first, and how many there are in all. */
export async function loadTable<Name extends keyof Tables>(
  table: Name,
  signal: AbortSignal,
): Promise<Page<{ key: string; value: Tables[Name] }[]>> {
  const { rows, total } = await callForPage('GET /tables/{table}', { params: { table }, query: { limit: MOST, order: 'desc' }, signal })
  return { rows: rows.toReversed() as unknown as { key: string; value: Tables[Name] }[], total }
}

/** The records of a table, asked for again when some of them have changed; `total`: how many there are, where not all of them came. */
export function useTable<Name extends keyof Tables>(table: Name): Resource<Tables[Name][]> & { total: number } {
  const { value, ...rest } = useResource((signal) => loadTable(table, signal), [table], [`table ${table}`])
  const records = useMemo(() => value?.rows.map((row) => row.value), [value])
  return { ...rest, value: records, total: value?.total ?? 0 }
}
