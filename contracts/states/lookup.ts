/** What the words and parameters of states refer to. */

import type { Action, Catalogue, Service } from '../../src/index.js'
import { StateError } from '../../src/product/provider-state.js'

/** The Action of a name, or of `<service>.<Action>` where services share the name. */
export function actionNamed(catalogue: Catalogue, name = ''): Action {
  const found = catalogue.byId.get(name)
  if (found) return found
  const [action, ...others] = catalogue.byName.get(name) ?? []
  if (action === undefined) throw new StateError(`there is no Action "${name}"`)
  if (others.length > 0) throw new StateError(`"${name}" is an Action of several services; write ${action.id}, for example`)
  return action
}

/** The service of a name. */
export function serviceNamed(catalogue: Catalogue, name = ''): Service {
  const service = catalogue.services.get(name)
  if (service === undefined) throw new StateError(`there is no service "${name}"; there are ${[...catalogue.services.keys()].join(', ')}`)
  return service
}
