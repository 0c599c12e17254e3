/** Every situation that is known to lead to a documented error. */

import { accountSituations } from './accounts.js'
import { domainSituations } from './domains.js'
import { mediaSituations } from './media.js'
import type { Situation } from './situation.js'

/** All of them. */
export const situations: readonly Situation[] = [...mediaSituations, ...domainSituations, ...accountSituations]
