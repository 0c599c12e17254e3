/** Words of media. */

import type { Words } from './index.js'

export const media = {} as const satisfies Words
