/** An account as somebody sees it who may not see all of its apps. */

import type { Account } from '../../../../account/types.js'
import type { Collection } from '../../../../state/collection.js'
import { Selection, type Sight } from '../../../../state/selection.js'
import type { AppRule } from './rule.js'

/** What becomes of records of other apps. */
export interface Bounds extends Pick<Sight<unknown>, 'onHidden' | 'refuse'> {
  /** Apps whose records are there. */
  shown: ReadonlySet<string>
  /** Apps whose records may be changed. */
  changeable: ReadonlySet<string>
}

/** Records of any kind. */
// biome-ignore lint/suspicious/noExplicitAny: of any kind
type AnyCollection = Collection<any, any>

/** Where the whole account is found. */
const WHOLE = Symbol('whole')

/** The whole account, for what concerns all of it, whoever has asked for it. */
export const wholeOf = (account: Account): Account => (account as { [WHOLE]?: Account })[WHOLE] ?? account

/** True if who asks may be told of a video by its id. What is left of one that was deleted is for those who see all: whose it was is not known any more. */
export const seesVideo = (account: Account, videoId: string): boolean =>
  wholeOf(account) === account || account.vod.videos.get(videoId) !== undefined

/** The account without what is out of bounds: its records are those of some apps, and all else is as it is. */
export function seenWithin(account: Account, bounds: Bounds): Account {
  const vod = vodWithin(account.vod, bounds)
  return new Proxy(account, {
    get: (whole, name) => (name === 'vod' ? vod : name === WHOLE ? whole : Reflect.get(whole, name, whole)),
  })
}

/** The collections of an account, each made when it is asked for. */
function vodWithin(vod: Account['vod'], bounds: Bounds): Account['vod'] {
  const made = new Map<PropertyKey, AnyCollection>()
  return new Proxy(vod, {
    get(whole, name) {
      const former = made.get(name)
      if (former) return former
      const collection = within(whole, Reflect.get(whole, name) as AnyCollection, bounds)
      made.set(name, collection)
      return collection
    },
  })
}

function within(vod: Account['vod'], collection: AnyCollection, { shown, changeable, ...told }: Bounds): AnyCollection {
  const { app } = collection.definition as { app?: AppRule<unknown> | null }
  if (!app) return collection
  const isOf = (apps: ReadonlySet<string>) => (row: unknown) => {
    const appId = app.appOf(row, vod)
    return appId !== undefined && apps.has(appId)
  }
  return new Selection(collection, { ...told, shows: app.usedByAll ? () => true : isOf(shown), mayChange: isOf(changeable) })
}
