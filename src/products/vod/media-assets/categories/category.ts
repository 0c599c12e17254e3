/** Categories of media: two trees, one for videos, audios and images, and one for the materials of short videos. */

import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'

/** The two trees. */
export const categoryTypes = ['default', 'material'] as const

/** `default` or `material`. */
export type CategoryType = (typeof categoryTypes)[number]

/** What the categories of the first level have for a parent. */
export const ROOT = -1

/** Levels of each tree. */
export const LEVELS: Readonly<Record<CategoryType, number>> = { default: 3, material: 2 }

/** Categories that one, or the root of a tree, may have directly below it. */
export const MAX_CHILDREN = 100

export const categorySchema = z.object({
  cateId: z.int().min(1),
  type: z.enum(categoryTypes),
  name: z.string(),
  /** Category of the same type above it, or {@link ROOT}. */
  parentId: z.int(),
  /** 0 for the first level. */
  level: z.int().min(0).max(2),
  /** Milliseconds since 1970 on the account's clock. */
  createdAt: timestampSchema,
})

/** See {@link categorySchema}. */
export type Category = z.output<typeof categorySchema>

/** Finds the categories below the same one. */
export const siblingsKey = ({ type, parentId }: Pick<Category, 'type' | 'parentId'>): string => `${type}/${parentId}`

/** The first level of materials is the service's own: it cannot be added to, changed or deleted. */
export const isBuiltIn = ({ type, level }: Category): boolean => type === 'material' && level === 0

/** A category as answers have it. */
export const categoryInfo = z.object({
  CateId: z.number(),
  CateName: z.string(),
  Level: z.number(),
  ParentId: z.number(),
  Type: z.string(),
})

/** See {@link categoryInfo}. */
export const infoOf = ({ cateId, name, level, parentId, type }: Category): z.input<typeof categoryInfo> => ({
  CateId: cateId,
  CateName: name,
  Level: level,
  ParentId: parentId,
  Type: type,
})
