/** Searching media (VOD manual 7.1, and 17.6 for what Match, Fields and SortBy may be). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { whenKnown } from '../../../../actions/promises.js'
import type { Refusal } from '../../../../base/errors.js'
import { fingerprint } from '../../../../base/ids.js'
import { didYouMean } from '../../../../base/nearest.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { integer, oneOf, text } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { newId } from '../../shared/media/new-id.js'
import { vod } from '../../shared/service/service.js'
import { attached } from './attached-media.js'
import { compile, type SearchPlan } from './compile.js'
import { MatchError } from './expression.js'
import { find, numberOf, orderOf } from './find.js'
import { image } from './image.js'
import { parseMatch } from './parse.js'
import { MAX_JUMP, placeBehind, type ScrollPosition, startOf, TOKEN_LIFETIME } from './scroll.js'
import type { MediaRecord, SearchType } from './search-type.js'
import type { Order } from './sort.js'
import { audio, video } from './video.js'

/** Each is for records of its own kind, and given no others. */
const searchTypes = { video, audio, image, attached } as unknown as Record<SearchType['name'], SearchType>

/** Hits that can be reached without a ScrollToken. */
const MAX_REACHED = 5000

const inBoth = {
  Status: z.string().optional(),
  CreationTime: z.string().optional(),
  StorageLocation: z.string().optional(),
  CateId: z.number().optional(),
  Tags: z.string().optional(),
  ModificationTime: z.string().optional(),
  MediaSource: z.string().optional(),
  Description: z.string().optional(),
  AppId: z.string().optional(),
  CoverURL: z.string().optional(),
  DownloadSwitch: z.string().optional(),
  CateName: z.string().optional(),
  TranscodeMode: z.string().optional(),
  PreprocessStatus: z.string().optional(),
  /** Bytes. */
  Size: z.number().optional(),
  /** Seconds. */
  Duration: z.number().optional(),
  Title: z.string().optional(),
  SpriteSnapshots: z.array(z.string()).optional(),
  Snapshots: z.array(z.string()).optional(),
}

const inFiles = {
  Status: z.string().optional(),
  CreationTime: z.string().optional(),
  StorageLocation: z.string().optional(),
  Tags: z.string().optional(),
  ModificationTime: z.string().optional(),
  Description: z.string().optional(),
  AppId: z.string().optional(),
  URL: whenKnown(z.string()),
  /** Of the search protocol, not of the Action's own table. */
  FileName: z.string().optional(),
  Title: z.string().optional(),
}

/** A hit: what Fields asks for is in the member for its type; none of it is there where the medium has no such value. */
const media = z.object({
  CreationTime: z.string(),
  MediaType: z.enum(['video', 'audio', 'image', 'attached']),
  MediaId: z.string(),
  Video: whenKnown(z.object({ ...inBoth, VideoId: whenKnown(z.string()) })),
  Audio: whenKnown(z.object({ ...inBoth, AudioId: whenKnown(z.string()) })),
  Image: z
    .object({ ...inFiles, ImageId: whenKnown(z.string()), CateId: z.number().optional(), CateName: z.string().optional() })
    .optional(),
  AttachedMedia: z
    .object({
      ...inFiles,
      MediaId: whenKnown(z.string()),
      BusinessType: z.string().optional(),
      Categories: z.array(z.object({ ParentId: z.number(), CateName: z.string(), CateId: z.number(), Level: z.number() })).optional(),
    })
    .optional(),
})

type Media = z.input<typeof media>

export const searchMedia = vod.action('SearchMedia', {
  summary: 'Searches videos, audios, images or auxiliary media by their fields, and answers those fields that are asked for.',
  source: 'VOD manual 7.1',
  limit: perSecond(50),
  input: () => ({
    SearchType: oneOf(['video', 'audio', 'image', 'attached']).default('video'),
    Fields: csv(text({ maxLength: 64 }), { maxItems: 100, ownLimit: true }).optional(),
    Match: text({ maxLength: 8192, ownLimit: true }).optional(),
    SortBy: csv(oneOf(['CreationTime:Desc', 'CreationTime:Asc', 'ModificationTime:Desc', 'ModificationTime:Asc']), {
      maxItems: 3,
    }).default(['CreationTime:Desc']),
    PageNo: integer({ min: 1 }).default(1),
    PageSize: integer({ min: 1, max: 100 }).default(10),
    ScrollToken: text({ maxLength: 32 }).optional(),
  }),
  output: () => z.object({ Total: z.number(), ScrollToken: whenKnown(z.string()), MediaList: z.array(media) }),
  errors: {
    SortByExceededMax: { status: 400, message: 'The SortBy parameter only supports one sort field when traversing all data.' },
    ErrorMatchSyntax: { status: 400, message: 'The parameter Match.%s has an error syntax, please check it.' },
    // With the full-width comma of the manual.
    'InvalidScrollToken.Expired': { status: 400, message: 'The ScrollToken is expired，please refresh it.' },
  },
  async run({ input, account, fail }) {
    const { SearchType: name, Match = '', SortBy, PageNo, PageSize, ScrollToken } = input
    const type = searchTypes[name]
    const fields = fieldsOf(input.Fields, type, fail)
    const plan = planOf(Match, type, fail)
    const orders = SortBy.map(orderOf)
    const [order] = orders as [Order]
    const now = account.clock.now()
    const search = fingerprint(name, Match, SortBy.join(','))
    const position = positionOf({ ScrollToken, type, search, PageNo, PageSize, now, account, sorts: SortBy.length }, fail)

    const hits = await find(account, type, plan, orders)
    const number = numberOf(account, type)
    const { start, lacking } = position
      ? startOf(hits, position, { page: PageNo, size: PageSize }, order, number)
      : { start: (PageNo - 1) * PageSize, lacking: 0 }
    const reached = position ? hits.length : Math.min(hits.length, MAX_REACHED)
    // Media on pages before may be gone by now.
    const end = Math.max(Math.min(start + PageSize, reached), 0)
    const rows = hits.slice(Math.max(start, 0), end)
    return {
      Total: hits.length,
      ...(type.traversable &&
        hits.length > 0 && {
          ScrollToken: nextToken(account, {
            search,
            page: PageNo,
            ...placeBehind(hits, end, order, number),
            lacking: lacking + start + PageSize - end,
            expiresAt: now + TOKEN_LIFETIME,
          }),
        }),
      MediaList: rows.map((row) => mediaOf(account, row, type, fields)),
    }
  },
})

type Fail = (code: 'InvalidParameter' | 'ErrorMatchSyntax' | 'SortByExceededMax' | 'InvalidScrollToken.Expired', refusal: Refusal) => never

/** Names of the fields to answer. */
function fieldsOf(asked: readonly string[] | undefined, { name, basic, fields }: SearchType, fail: Fail): readonly string[] {
  const answerable = Object.keys(fields).filter((each) => fields[each]?.answer)
  for (const [index, each] of (asked ?? []).entries())
    if (!answerable.includes(each))
      fail('InvalidParameter', {
        param: 'Fields',
        reason: `element ${index + 1} ("${each}") is no field that a search of SearchType ${name} answers${didYouMean(each, answerable)}`,
      })
  return asked ?? basic
}

/** What Match asks for. */
function planOf(match: string, type: SearchType, fail: Fail): SearchPlan<MediaRecord> {
  if (match === '') return {}
  try {
    return compile(parseMatch(match), type)
  } catch (error) {
    if (!(error instanceof MatchError)) throw error
    const { kind, at, message: reason } = error
    return kind === 'meaning'
      ? fail('InvalidParameter', { param: 'Match', reason })
      : fail('ErrorMatchSyntax', { param: 'Match', message: `The parameter Match.${at} has an error syntax, please check it.`, reason })
  }
}

/** What is said of the page that is wanted. */
interface Wanted {
  ScrollToken: string | undefined
  type: SearchType
  search: string
  PageNo: number
  PageSize: number
  now: number
  account: Account
  /** Number of fields to sort by. */
  sorts: number
}

/** The position from which the page is counted; `undefined`: from the first hit. */
function positionOf(wanted: Wanted, fail: Fail): ScrollPosition | undefined {
  const { ScrollToken, type, search, PageNo, PageSize, now, account, sorts } = wanted
  if (ScrollToken === undefined) {
    if ((PageNo - 1) * PageSize >= MAX_REACHED)
      fail('InvalidParameter', {
        param: 'PageNo',
        reason: `is ${PageNo}; without ScrollToken only the first ${MAX_REACHED} hits can be reached`,
      })
    return undefined
  }
  if (!type.traversable) fail('InvalidParameter', { param: 'ScrollToken', reason: 'is for searches of SearchType video and audio alone' })
  if (sorts > 1) fail('SortByExceededMax', { param: 'SortBy', reason: `has ${sorts} fields, and with ScrollToken there is one at most` })
  const position =
    account.vodScrolls.find(ScrollToken, now) ??
    fail('InvalidScrollToken.Expired', {
      param: 'ScrollToken',
      reason: `is none that SearchMedia has answered in the last ${TOKEN_LIFETIME / 60_000} minutes, or was answered before the account took over another state`,
    })
  if (position.search !== search)
    fail('InvalidParameter', { param: 'ScrollToken', reason: 'was answered to a search with another SearchType, Match or SortBy' })
  const records = (Math.abs(PageNo - position.page) + 1) * PageSize
  if (records > MAX_JUMP && PageNo !== position.page)
    fail('InvalidParameter', {
      param: 'PageNo',
      reason: `is ${PageNo}; from page ${position.page} that is a jump over ${records} hits, and at most ${MAX_JUMP} are allowed`,
    })
  return position
}

function nextToken(account: Account, position: ScrollPosition): string {
  const token = newId(account)
  account.vodScrolls.keep(token, position, account.clock.now())
  return token
}

function mediaOf(account: Account, row: MediaRecord, { name, member, keyOf, fields }: SearchType, asked: readonly string[]): Media {
  const answers = asked.map((field) => [field, fields[field]?.answer?.(row, account)] as const)
  return {
    CreationTime: toUtcSeconds(row.createdAt),
    MediaType: name,
    MediaId: keyOf(row),
    [member]: Object.fromEntries(answers.filter(([, answer]) => answer !== undefined)),
  }
}
