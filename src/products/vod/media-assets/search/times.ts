/** The times of a medium: what all kinds of media can be sorted by. */

import { toUtcSeconds } from '../../../../base/times.js'
import type { Field } from './field.js'
import type { MediaRecord } from './search-type.js'

/** The services know instants by the second. */
const inSeconds = (instant: number): number => Math.floor(instant / 1000)

/** What hits can be sorted by. */
export const sortFields = {
  CreationTime: ({ createdAt }: MediaRecord) => inSeconds(createdAt),
  ModificationTime: ({ modifiedAt }: MediaRecord) => inSeconds(modifiedAt),
} as const

/** The fields. */
export const times: Record<keyof typeof sortFields, Field<MediaRecord>> = {
  CreationTime: {
    type: 'Time',
    queries: ['range'],
    value: sortFields.CreationTime,
    answer: ({ createdAt }) => toUtcSeconds(createdAt),
  },
  ModificationTime: {
    type: 'Time',
    queries: ['range'],
    value: sortFields.ModificationTime,
    answer: ({ modifiedAt }) => toUtcSeconds(modifiedAt),
  },
}
