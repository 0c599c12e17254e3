/** What a cloud is made of: the parts and sections that all have, and those of its products. Depends on the list of products alone, so it is made once. */

import type { Part } from '../account/part.js'
import { partsInOrder } from '../account/part.js'
import { SectionedSchema } from '../account/settings.js'
import type { CloudServices, SettingsSchema } from '../account/types.js'
import { Catalogue } from '../catalogue/catalogue.js'
import type { EventDefinition } from '../events/definition.js'
import { callbackTarget } from '../events/fault-target.js'
import { callTarget } from '../gateway/fault-target.js'
import { jobTarget } from '../jobs/fault-target.js'
import { REFUSED_BY_PROXY } from '../log/record.js'
import { objectTarget } from '../oss/server/fault-target.js'
import { operationNames } from '../oss/server/operations.js'
import type { Product } from '../product/product.js'
import type { ProviderState } from '../product/provider-state.js'
import { vocabularyOf } from '../worlds/definition.js'
import { commonParts, commonSettings, commonWorlds, lastParts } from './parts.js'
import { builtInProducts } from './products.js'

/** See above. */
export interface CloudDefinition {
  products: readonly Product[]
  catalogue: Catalogue
  parts: readonly Part[]
  settings: SettingsSchema
  states: readonly ProviderState[]
  /** By product; products without any are not there. */
  eventTypes: ReadonlyMap<string, readonly EventDefinition[]>
  /** What accounts are given that is the same for all clouds of these products. */
  services: Pick<
    CloudServices,
    'products' | 'settings' | 'catalogue' | 'faultTargets' | 'jobKinds' | 'billings' | 'eventTypes' | 'operations' | 'worlds'
  >
}

function define(further: readonly Product[]): CloudDefinition {
  const products: readonly Product[] = [...builtInProducts, ...further]
  const actions = products.flatMap((product) => product.actions)
  refuseTwice(
    'Actions',
    actions.map(({ id }) => id),
  )
  const catalogue = new Catalogue(actions)
  const sections = [commonSettings, ...products.map((product) => product.settings ?? {})].flatMap((each) => Object.entries(each))
  refuseTwice(
    'sections of the settings',
    sections.map(([name]) => name),
  )
  const settings = new SectionedSchema(Object.fromEntries(sections))
  const events = products.flatMap((product) => product.events ?? [])
  refuseTwice(
    'event types',
    events.map(({ type }) => type),
  )
  const jobs = products.flatMap((product) => [...(product.jobs ?? []), ...product.actions.flatMap(({ job }) => job ?? [])])
  refuseTwice(
    'kinds of jobs',
    [...new Set(jobs)].map(({ name }) => name),
  )
  const billed = [
    ...jobs.map(({ name, billing }) => [name, billing] as const),
    ...catalogue.actions.map(({ id, billing }) => [id, billing] as const),
  ]
  return {
    products,
    catalogue,
    settings,
    parts: partsInOrder([...commonParts, ...products.flatMap(({ parts = [] }) => parts), ...lastParts]),
    states: products.flatMap(({ states = [] }) => states),
    eventTypes: new Map(products.flatMap(({ name, events: own = [] }) => (own.length > 0 ? [[name, own] as const] : []))),
    services: {
      products: further,
      settings,
      catalogue,
      faultTargets: [objectTarget, callbackTarget, jobTarget, callTarget],
      jobKinds: new Map(jobs.map((kind) => [kind.name, kind])),
      billings: new Map(billed.flatMap(([name, billing]) => (billing ? [[name, billing] as const] : []))),
      eventTypes: new Map(events.map((event) => [event.type, event])),
      operations: [...operationNames.map((name) => ({ service: 'oss', name })), REFUSED_BY_PROXY],
      worlds: vocabularyOf([commonWorlds, ...products.flatMap(({ worlds }) => worlds ?? [])]),
    },
  }
}

/** Whichever of two came first, the other would silently be what counts. */
function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`two ${what} are called "${twice}"`)
}

/** The definition of clouds without further products. */
export const builtIn = define([])

/** The definition of a cloud with these products beside those that every cloud has. Throws an `Error` if two things of one kind have one name. */
export const defineCloud = (products: readonly Product[] = []): CloudDefinition => (products.length === 0 ? builtIn : define(products))

/** Reads settings of the sections that every cloud has. */
export const settingsSchema = builtIn.settings.schema
