/** Words of events. */

import type { Words } from './index.js'

export const events = {} as const satisfies Words
