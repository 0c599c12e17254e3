/** Words of actions. */

import type { Words } from './index.js'

export const actions = {} as const satisfies Words
