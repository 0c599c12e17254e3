/** How much of editing an account may hold. */

import type { Account } from '../../../account/types.js'
import type { Refusal } from '../../../base/errors.js'
import { maxMediaOf } from '../shared/storage/storages.js'

/** What of a project may be large. */
interface Content {
  timeline: string
  materialIds: readonly string[]
}

/** Characters of a timeline, and materials, beyond which a project counts as large. */
const LARGE = { characters: 4096, materials: 100 } as const

/** Large projects that an account may have. */
const MAX_LARGE = 1000

/** True of a project of which there may be only so many. */
export const isLarge = ({ timeline, materialIds }: Content): boolean =>
  timeline.length > LARGE.characters || materialIds.length > LARGE.materials

type Fail = (code: 'Forbidden', refusal: Refusal) => never

/** Refuses a further project, or one that becomes large where there are too many of them; the manual has no code for it. */
export function checkProjectQuota(account: Account, before: Content | undefined, after: Content, fail: Fail): void {
  const { editingProjects } = account.vod
  if (before === undefined && editingProjects.count >= maxMediaOf(account))
    fail('Forbidden', { reason: 'the account holds as many editing projects as the setting vod.maxMedia allows media of a kind' })
  if (isLarge(after) && !(before && isLarge(before)) && editingProjects.countBy('size', 'large') >= MAX_LARGE)
    fail('Forbidden', {
      reason: `the project would have more than ${LARGE.characters} characters of timeline, or more than ${LARGE.materials} materials, and the account has ${MAX_LARGE} such projects, which is all it may have`,
    })
}
