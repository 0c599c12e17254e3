/** ListParts, ListMultipartUploads, and what all lists have in common. */

import { percentEncode } from '../../http/encoding.js'
import { refuseArgument } from '../errors.js'
import { type Exchange, opens, simple } from '../operation.js'
import { xmlReply } from '../reply.js'
import { toXmlTime } from '../xml.js'

const MAX_ROWS = 1000

/** How keys are written: as they are, or percent-encoded if the request says so, for those that XML cannot hold. */
export function encodingOf({ query }: Pick<Exchange, 'query'>): { encode: (key: string) => string; element: { EncodingType?: string } } {
  const type = query.get('encoding-type')
  if (type === undefined || type === '') return { encode: (key) => key, element: {} }
  if (type !== 'url') refuseArgument('encoding-type', type, 'is not "url"')
  return { encode: percentEncode, element: { EncodingType: type } }
}

/** A whole number in the query. */
export function numberOf({ query }: Pick<Exchange, 'query'>, name: string, least: number, most: number, usual: number): number {
  const text = query.get(name)
  if (text === undefined || text === '') return usual
  const number = Number(text)
  return /^\d{1,9}$/.test(text) && number >= least && number <= most
    ? number
    : refuseArgument(name, text, `is not a number from ${least} to ${most}`)
}

/** A row of a list of keys, or a folder that stands for all rows in it. */
export type Entry<Row> = { key: string; row: Row } | { key: string; row?: undefined }

/** What a list of keys is to show. */
export interface Listing {
  prefix: string
  /** Where keys have it after the prefix, everything up to it is shown as one folder; empty: nowhere. */
  delimiter: string
  /** Rows and folders on a page. */
  most: number
}

/** One page of rows that are sorted by key, and whether there are more. */
export function pageOf<Row extends { key: string }>(
  rows: Iterable<Row>,
  { prefix, delimiter, most }: Listing,
  isAfter: (entry: Entry<Row>) => boolean,
): { page: Entry<Row>[]; truncated: boolean } {
  const page: Entry<Row>[] = []
  let folder: string | undefined
  for (const row of rows) {
    if (!row.key.startsWith(prefix) || (folder !== undefined && row.key.startsWith(folder))) continue
    const end = delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length)
    folder = end < 0 ? undefined : row.key.slice(0, end + delimiter.length)
    const entry: Entry<Row> = folder === undefined ? { key: row.key, row } : { key: folder }
    if (!isAfter(entry)) continue
    if (page.length === most) return { page, truncated: true }
    page.push(entry)
  }
  return { page, truncated: false }
}

/** The rows of a page. */
export const rowsOf = <Row>(page: readonly Entry<Row>[]): Row[] => page.flatMap(({ row }) => (row === undefined ? [] : [row]))

/** The folders of a page. */
export const foldersOf = (page: readonly Entry<unknown>[], encode: (key: string) => string): { Prefix: string }[] =>
  page.flatMap(({ key, row }) => (row === undefined ? [{ Prefix: encode(key) }] : []))

export const listParts = simple('ListParts', 'ListParts', (exchange) => {
  const { oss, query, bucket, key } = exchange
  const upload = oss.uploads.get(query.get('uploadId') ?? '', bucket, key)
  const most = numberOf(exchange, 'max-parts', 1, MAX_ROWS, MAX_ROWS)
  const marker = numberOf(exchange, 'part-number-marker', 0, 10_000, 0)
  const encoding = encodingOf(exchange)
  const rest = [...upload.parts.values()].filter(({ number }) => number > marker).sort((a, b) => a.number - b.number)
  const page = rest.slice(0, most)
  return xmlReply('ListPartsResult', {
    ...encoding.element,
    Bucket: bucket,
    Key: encoding.encode(key),
    UploadId: upload.id,
    StorageClass: upload.attributes.headers['x-oss-storage-class'],
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: most,
    IsTruncated: rest.length > most,
    Part: page.map(({ number, received, modifiedAt }) => ({
      PartNumber: number,
      LastModified: toXmlTime(modifiedAt),
      ETag: `"${received.md5}"`,
      HashCrc64ecma: String(received.crc64),
      Size: received.size,
    })),
  })
})

export const listMultipartUploads = simple('ListMultipartUploads', 'ListMultipartUploads', (exchange) => {
  const { oss, query, bucket, signer } = exchange
  const most = numberOf(exchange, 'max-uploads', 1, MAX_ROWS, MAX_ROWS)
  const encoding = encodingOf(exchange)
  const [prefix, delimiter, keyMarker] = [query.get('prefix') ?? '', query.get('delimiter') ?? '', query.get('key-marker') ?? '']
  // Without a key marker, a marker for the id means nothing.
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '')
  // An upload credential shows nothing of other objects.
  const only = signer?.key.object
  const uploads = oss.uploads.of(bucket).filter(({ key }) => only === undefined || opens(only, key))
  const { page, truncated } = pageOf(
    uploads,
    { prefix, delimiter, most },
    ({ key, row }) => key > keyMarker || (key === keyMarker && idMarker !== '' && (row?.id ?? '') > idMarker),
  )
  const last = page.at(-1)
  return xmlReply('ListMultipartUploadsResult', {
    ...encoding.element,
    Bucket: bucket,
    KeyMarker: encoding.encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: encoding.encode(last?.key ?? ''),
    NextUploadIdMarker: last?.row?.id ?? '',
    Delimiter: encoding.encode(delimiter),
    Prefix: encoding.encode(prefix),
    MaxUploads: most,
    IsTruncated: truncated,
    Upload: rowsOf(page).map(({ key, id, initiatedAt }) => ({
      Key: encoding.encode(key),
      UploadId: id,
      Initiated: toXmlTime(initiatedAt),
    })),
    CommonPrefixes: foldersOf(page, encoding.encode),
  })
})
