/** All services and their Actions, arranged for looking up. */

import type { Action, Service } from '../actions/action.js'

/** Every Action that exists. */
export class Catalogue {
  /** Service by service, by name. */
  readonly actions: readonly Action[]
  readonly services = new Map<string, Service>()
  readonly versions = new Set<string>()
  /** Actions of one name, one per service that has it. */
  readonly byName = new Map<string, Action[]>()
  /** Those of them that have one Version, too, by `<Version> <name>`. */
  readonly #byVersion = new Map<string, Action[]>()
  readonly byId = new Map<string, Action>()

  constructor(actions: readonly Action[]) {
    const services = [...new Set(actions.map(({ service }) => service))]
    this.actions = services.flatMap((service) => actions.filter((action) => action.service === service).sort(byName))
    for (const action of this.actions) {
      this.services.set(action.service.name, action.service)
      this.versions.add(action.service.version)
      this.byId.set(action.id, action)
      addTo(this.byName, action.name, action)
      addTo(this.#byVersion, `${action.service.version} ${action.name}`, action)
    }
  }

  /** Actions of one name and Version. */
  named(version: string, name: string): readonly Action[] {
    return this.#byVersion.get(`${version} ${name}`) ?? []
  }

  /** The first service of a Version. */
  ofVersion(version: string | undefined): Service | undefined {
    return [...this.services.values()].find((service) => service.version === version)
  }

  /** Says which Action may have been meant by a name that is not one. */
  hint(name: string, service: string | undefined): string {
    const shown = name.slice(0, 60)
    const elsewhere = this.byName.get(name)
    if (elsewhere) return `${shown} is an Action of ${elsewhere.map((action) => action.service.name).join(', ')}, not of ${service}`
    const wanted = name.toLowerCase()
    const near = [...this.byName.keys()].find((known) => known.toLowerCase() === wanted)
    return near
      ? `Actions are written exactly: ${near}, not ${shown}`
      : `there is no Action ${shown}; GET /_emulator/actions lists those there are`
  }
}

const byName = (a: Action, b: Action): number => (a.name < b.name ? -1 : 1)

function addTo(lists: Map<string, Action[]>, key: string, action: Action): void {
  const list = lists.get(key)
  if (list) list.push(action)
  else lists.set(key, [action])
}
