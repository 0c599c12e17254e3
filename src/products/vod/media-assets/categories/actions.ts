/** Categories of media (VOD manual 7.2). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { whenKnown } from '../../../../actions/promises.js'
import type { ErrorTable } from '../../../../base/errors.js'
import { long, oneOf, text } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { creationOrder } from '../common/paging.js'
import { categoryInfo, categoryTypes, infoOf, isBuiltIn, LEVELS, MAX_CHILDREN, ROOT, siblingsKey } from './category.js'
import { categoryOf, childCount, deleteCategoryTree, newCategoryId } from './tree.js'

const notFound = {
  'InvalidCateId.NotFound': { status: 404, message: 'The CateId not exist.' },
} as const satisfies ErrorTable

const cateName = () => text({ maxBytes: 64 })

const type = () => oneOf(categoryTypes).default('default')

const OF_THE_SERVICE = 'is one of the first level of materials, which is the same for everybody'

export const addCategory = vod.action('AddCategory', {
  summary: 'Creates a category of media, or one below another.',
  source: 'VOD manual 7.2.1',
  limit: perSecond(30),
  input: () => ({ CateName: cateName(), ParentId: long().optional(), Type: type() }),
  output: () => z.object({ Category: categoryInfo }),
  errors: {
    LevelExceededMax: { status: 400, message: 'The level of categories exceeded maximum.' },
    SubTotalExceededMax: { status: 400, message: 'The total of sub categories exceeded maximum.' },
    ...notFound,
  },
  run({ input: { CateName, ParentId, Type }, account, fail }) {
    if (Type === 'material' && ParentId === undefined)
      fail('MissingParameter', { param: 'ParentId', reason: 'is not given; the first level of materials cannot be added to' })
    const parentId = ParentId ?? ROOT
    if (Type === 'material' && parentId === ROOT)
      fail('Forbidden', { param: 'ParentId', reason: 'is the root; the first level of materials cannot be added to' })
    const parent = categoryOf(account, parentId)
    if (parentId !== ROOT && parent?.type !== Type)
      fail('InvalidCateId.NotFound', { param: 'ParentId', reason: `is not the id of a category of Type ${Type}` })
    const level = parent === undefined ? 0 : parent.level + 1
    if (level >= LEVELS[Type])
      fail('LevelExceededMax', { param: 'ParentId', reason: `is of the lowest level; categories of Type ${Type} have ${LEVELS[Type]}` })
    if (childCount(account, Type, parentId) >= MAX_CHILDREN)
      fail('SubTotalExceededMax', { param: 'ParentId', reason: `has ${MAX_CHILDREN} categories below it, which is all it may have` })
    const cateId = newCategoryId(account)
    const category = { cateId, type: Type, name: CateName, parentId, level, createdAt: account.clock.now() }
    return { Category: infoOf(account.vod.categories.put(category)) }
  },
})

export const updateCategory = vod.action('UpdateCategory', {
  summary: 'Gives a category another name.',
  source: 'VOD manual 7.2.2',
  limit: perSecond(100),
  input: () => ({ CateName: cateName(), CateId: long() }),
  output: () => z.object({}),
  errors: notFound,
  run({ input: { CateName, CateId }, account, fail }) {
    const category =
      categoryOf(account, CateId) ?? fail('InvalidCateId.NotFound', { param: 'CateId', reason: 'is not the id of a category' })
    if (isBuiltIn(category)) fail('Forbidden', { param: 'CateId', reason: OF_THE_SERVICE })
    account.vod.categories.update(String(CateId), (draft) => {
      draft.name = CateName
    })
    return {}
  },
})

export const deleteCategory = vod.action('DeleteCategory', {
  summary: 'Deletes a category and all below it; media that were in them stay, without a category.',
  source: 'VOD manual 7.2.3',
  limit: perSecond(10),
  input: () => ({ CateId: long() }),
  output: () => z.object({}),
  errors: notFound,
  async run({ input: { CateId }, account, fail }) {
    const category =
      categoryOf(account, CateId) ?? fail('InvalidCateId.NotFound', { param: 'CateId', reason: 'is not the id of a category' })
    if (isBuiltIn(category)) fail('Forbidden', { param: 'CateId', reason: OF_THE_SERVICE })
    await deleteCategoryTree(account, category)
    return {}
  },
})

export const getCategories = vod.action('GetCategories', {
  summary: 'Answers a category, and a page of those directly below it; without CateId, of the first level.',
  source: 'VOD manual 7.2.4',
  limit: perSecond(50),
  input: () => ({
    CateId: long().default(ROOT),
    PageNo: long({ min: 1 }).default(1),
    PageSize: long({ min: 1, max: 100 }).default(10),
    SortBy: creationOrder(),
    Type: type(),
  }),
  output: () =>
    z.object({
      /** How many there are directly below it, on all pages. */
      SubTotal: z.number(),
      /** The root is no category. */
      Category: whenKnown(categoryInfo),
      SubCategories: z.object({ Category: z.array(categoryInfo.extend({ SubTotal: z.number() })) }),
    }),
  errors: notFound,
  run({ input: { CateId, PageNo, PageSize, SortBy, Type }, account, fail }) {
    const category = categoryOf(account, CateId)
    if (CateId !== ROOT && category?.type !== Type)
      fail('InvalidCateId.NotFound', { param: 'CateId', reason: `is not the id of a category of Type ${Type}` })
    const { total, rows } = account.vod.categories.list({
      by: { siblings: siblingsKey({ type: Type, parentId: CateId }) },
      orderBy: ({ createdAt }) => createdAt,
      descending: SortBy === 'CreationTime:Desc',
      skip: (PageNo - 1) * PageSize,
      take: PageSize,
    })
    return {
      SubTotal: total,
      Category: category && infoOf(category),
      SubCategories: { Category: rows.map((each) => ({ ...infoOf(each), SubTotal: childCount(account, Type, each.cateId) })) },
    }
  },
})
