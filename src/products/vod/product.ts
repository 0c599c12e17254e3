/** Video on demand (视频点播): the chapters of its manual, put together. */

import { definePart } from '../../account/part.js'
import type { Account } from '../../account/types.js'
import type { Action } from '../../actions/action.js'
import type { EventDefinition } from '../../events/definition.js'
import { defineProduct } from '../../product/product.js'
import { ai } from './ai/index.js'
import type { aiRecords } from './ai/records.js'
import { apps } from './apps/index.js'
import { audit } from './audit/index.js'
import type { auditRecords } from './audit/records.js'
import { cdn } from './cdn/index.js'
import type { cdnRecords } from './cdn/records.js'
import { editing } from './editing/index.js'
import type { editingRecords } from './editing/records.js'
import { live } from './live/index.js'
import type { LiveStreams } from './live/live-streams.js'
import { mediaAssets } from './media-assets/index.js'
import type { mediaAssetsRecords } from './media-assets/records.js'
import type { ScrollPositions } from './media-assets/search/scroll.js'
import { notification } from './notification/index.js'
import { playback } from './playback/index.js'
import { builtInDynamicImageTemplateId } from './processing/dynamic-images/built-in.js'
import { processing } from './processing/index.js'
import type { Chapter, CollectionsOf } from './shared/chapter.js'
import { DomainDirectory } from './shared/domains/directory.js'
import { domainRecords, type PlayDomains } from './shared/domains/play-domains.js'
import { shared } from './shared/index.js'
import { orderTemplates } from './shared/lifecycle/upgrade.js'
import type { sharedRecords } from './shared/records.js'
import type { Plays } from './shared/statistics/plays.js'
import type { StorageHistory } from './shared/statistics/storage-history.js'
import { vodSettings as settings } from './shared/storage/settings.js'
import { storagesOf } from './shared/storage/storages.js'
import { builtInGroupId } from './shared/templates/built-in.js'
import { checkTemplates } from './shared/templates/upgrade.js'
import type { Traffic } from './shared/traffic/traffic.js'
import type { WorkflowStepKind } from './shared/workflows/step.js'
import { statistics } from './statistics/index.js'
import { upload } from './upload/index.js'
import { type Download, downloadByFetch } from './upload/pull/download.js'
import type { Source } from './upload/pull/source.js'
import type { uploadRecords } from './upload/records.js'

/** In the order of the manual; later ones may build on earlier ones. */
const chapters = [shared, upload, playback, mediaAssets, processing, editing, audit, ai, live, cdn, statistics, apps, notification] as const

/** What an account has in VOD: collections of records. */
export interface Vod
  extends CollectionsOf<typeof sharedRecords>,
    CollectionsOf<typeof uploadRecords>,
    CollectionsOf<typeof mediaAssetsRecords>,
    CollectionsOf<typeof editingRecords>,
    CollectionsOf<typeof auditRecords>,
    CollectionsOf<typeof aiRecords>,
    CollectionsOf<typeof cdnRecords> {}

type EventOf<Each> = Each extends { events: readonly (infer Event extends EventDefinition)[] } ? Event : never

type ActionOf<Each> = Each extends { actions: readonly (infer One extends Action)[] } ? One : never

/** Event types by name. */
export type VodEvents = { [Event in EventOf<(typeof chapters)[number]> as Event['type']]: Event }

declare module '../../account/types.js' {
  interface AccountParts {
    /** Media, templates, tasks and callbacks of VOD: collections of records. */
    vod: Vod
    /** What is found behind the URLs that are pulled. */
    vodPulls: Map<string, Source>
    /** Domains that media are played through. */
    playDomains: PlayDomains
    /** What was played through them: bytes. */
    traffic: Traffic
    /** What the buckets of the account have held, by the hour. */
    storageHistory: StorageHistory
    /** What was played: plays, viewers, durations. */
    plays: Plays
    /** Where searches have got to. */
    vodScrolls: ScrollPositions
    /** Live streams that have been recorded: tells of them. */
    liveStreams: LiveStreams
  }
  interface SettingsSections {
    /** Storage, domains, workflows and limits of VOD. */
    vod: typeof settings
  }
  interface EventTypes extends VodEvents {}
  interface CloudOptions {
    /** Fetches the files that UploadMediaByURL is given, from hosts that the setting `vod.fetchFrom` names. Default: with the `fetch` of the process. */
    download?: Download
  }
  interface CloudServices {
    /** Fetches files from outside, where the settings allow it. */
    download: Download
    /** What names of play domains lead to. */
    playDomains: DomainDirectory
    /** What does the steps of workflows, by kind. */
    workflowSteps: ReadonlyMap<string, WorkflowStepKind>
    /** What the chapters of VOD do when a video has been deleted. */
    videoDeleted: readonly NonNullable<Chapter['videoDeleted']>[]
    /** What they do when a transcoding task has made its first MP4 of a video. */
    transcodedToMp4: readonly NonNullable<Chapter['transcodedToMp4']>[]
  }
}

const all: readonly Chapter[] = chapters

/** Every chapter's part of something, in order. */
const each = <T>(ofChapter: (chapter: Chapter) => readonly T[] | undefined): T[] => all.flatMap((chapter) => ofChapter(chapter) ?? [])

const vodPart = definePart({
  name: 'vod',
  needs: ['oss', 'jobs', 'events', 'ram', 'assetOf'],
  upgrades: {
    2(document) {
      checkTemplates(document)
      orderTemplates(document)
    },
  },
  create(account: Account): Vod {
    const collections: Record<string, unknown> = {}
    for (const { records = {} } of all)
      for (const [name, definition] of Object.entries(records)) collections[name] = account.state.collection(definition)
    for (const { connect } of all) connect?.(account)
    return collections as unknown as Vod
  },
  seed(account) {
    for (const { seed } of all) seed?.(account)
  },
  open(account) {
    for (const { open } of all) open?.(account)
  },
})

/** What the chapters do when a video has been deleted. */
const videoDeleted = each((chapter) => chapter.videoDeleted && [chapter.videoDeleted])

/** What they do when a transcoding task has made its first MP4 of a video. */
const transcodedToMp4 = each((chapter) => chapter.transcodedToMp4 && [chapter.transcodedToMp4])

const workflowSteps = new Map(each((chapter) => chapter.workflowSteps).map((kind) => [kind.does, kind]))

/** The Actions of VOD; their types are kept. */
export const vodActions = each(({ actions }) => actions) as unknown as readonly ActionOf<(typeof chapters)[number]>[]

export const vod = defineProduct({
  name: 'vod',
  actions: vodActions,
  parts: [vodPart, ...each(({ parts }) => parts)],
  settings: { vod: settings },
  jobs: each(({ jobs }) => jobs),
  events: each(({ events }) => events),
  routes: each(({ routes }) => routes),
  worlds: {
    tables: [domainRecords, ...all.flatMap(({ records = {} }) => Object.values(records))],
    added: ({ playDomains }) => playDomains.publish(),
    values: (account) => {
      const [{ bucket, location, region }] = storagesOf(account)
      return {
        'vod.bucket': bucket,
        'vod.location': location,
        'vod.region': region,
        'vod.templateGroupId': builtInGroupId(account),
        'vod.dynamicImageTemplateId': builtInDynamicImageTemplateId(account),
      }
    },
  },
  states: each(({ states }) => states),
  cloudServices: ({ download = downloadByFetch }) => ({
    download,
    playDomains: new DomainDirectory(),
    workflowSteps,
    videoDeleted,
    transcodedToMp4,
  }),
})
