/** Words of oss. */

import type { Words } from './index.js'

export const oss = {} as const satisfies Words
