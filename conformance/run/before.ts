/** Makes what is there before a call: other calls of the same service, and time that passes. */

import type { Account } from '../../src/index.js'
import type { Before } from '../cases/before.js'
import { send } from './run.js'
import type { Trial } from './trial.js'

/** What can be done in an account before the Action is called there. */
export function beforeIn({ cloud, action, world }: Trial, account: Account): Before {
  return {
    cloud,
    account,
    params: world.params,
    async call(name, params = {}) {
      const other = cloud.catalogue.byId.get(`${action.service.name}.${name}`)
      if (other === undefined) throw new RangeError(`there is no Action ${name}`)
      const { status, body } = await send(cloud, account, other, params, { scheme: 'rpc', format: 'JSON' })
      const answer = JSON.parse(String(body))
      if (status !== 200) throw new Error(`${name} answers ${answer.Code}: ${answer.Message}`)
      return answer
    },
    advance: (by) => account.clock.advance(by),
  }
}
