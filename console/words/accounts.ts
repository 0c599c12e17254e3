/** Words of accounts. */

import type { Words } from './index.js'

export const accounts = {} as const satisfies Words
