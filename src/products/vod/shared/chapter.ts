/** What a chapter of VOD is: its Actions, records, jobs and events stand together in one folder, and are put together in product.ts. */

import type { z } from 'zod'
import type { Part } from '../../../account/part.js'
import type { Account } from '../../../account/types.js'
import type { Action } from '../../../actions/action.js'
import type { EventDefinition } from '../../../events/definition.js'
import type { JobKind } from '../../../jobs/kind.js'
import type { Route } from '../../../product/product.js'
import type { ProviderState } from '../../../product/provider-state.js'
import type { Collection, CollectionDefinition } from '../../../state/collection.js'
import type { Video } from './media/video.js'
import type { WorkflowStepKind } from './workflows/step.js'

/** Definitions of records, by the names of their collections in `account.vod`. */
// biome-ignore lint/suspicious/noExplicitAny: of any kind
export type Records = Readonly<Record<string, CollectionDefinition<any, any>>>

/** The collections of records that are so defined. */
export type CollectionsOf<Definitions extends Records> = {
  readonly [Name in keyof Definitions]: Definitions[Name] extends { schema: infer Schema extends z.ZodObject }
    ? Collection<Schema, IndexesOf<Definitions[Name]>>
    : never
}

type IndexesOf<Definition> = Definition extends { indexes: infer Indexes } ? keyof Indexes & string : never

/** A chapter of VOD. */
export interface Chapter {
  /** `upload` */
  name: string
  actions?: readonly Action[]
  records?: Records
  /** Kinds of jobs that no Action of the chapter declares. */
  jobs?: readonly JobKind[]
  events?: readonly EventDefinition[]
  parts?: readonly Part[]
  routes?: readonly Route[]
  states?: readonly ProviderState[]
  /** What the chapter can do as a step of a workflow. */
  workflowSteps?: readonly WorkflowStepKind[]
  /** Called for each account when its records have been declared: connects them with other parts. */
  connect?: (account: Account) => unknown
  /** Called once all parts are made, unless the account is about to take over a state. */
  open?: (account: Account) => void
  /** Called when a video has been deleted: deletes what the chapter has of it. */
  videoDeleted?: (account: Account, video: Video) => void
  /** Called when a transcoding task has made its first MP4 of a video. */
  transcodedToMp4?: (account: Account, video: Video) => Promise<void>
  /** Creates those records that every account has from the start and that are not there. */
  seed?: (account: Account) => void
}

/** Defines a chapter. */
export const defineChapter = <const Definition extends Chapter>(chapter: Definition): Definition => chapter
