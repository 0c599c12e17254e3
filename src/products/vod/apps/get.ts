/** Apps, looked up by those who may do something in them (VOD manual 15.2.2, 15.2.3). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { integer, oneOf } from '../../../params/scalars.js'
import { csv } from '../../../params/structures.js'
import { appStatuses } from '../shared/apps/app.js'
import { vod } from '../shared/service/service.js'
import { anyAppId, appInfo, infoOf } from './app-info.js'
import { checkOpen, notOpen } from './errors.js'

/** Apps that one call may name. */
const MAX_APP_IDS = 10

export const getAppInfos = vod.action('GetAppInfos', {
  summary: 'Answers up to 10 apps by their ids; those in which who calls may do nothing count as missing.',
  source: 'VOD manual 15.2.2',
  limit: perSecond(100),
  input: () => ({ AppIds: csv(anyAppId(), { maxItems: MAX_APP_IDS }) }),
  output: () => z.object({ NonExistAppIds: inAnyOrder(z.array(z.string())), AppInfoList: z.array(appInfo) }),
  errors: notOpen,
  run({ input: { AppIds }, account, fail }) {
    checkOpen(account, fail)
    const { apps } = account.vod
    const distinct = [...new Set(AppIds)]
    return {
      NonExistAppIds: distinct.filter((appId) => apps.get(appId) === undefined),
      AppInfoList: distinct.flatMap((appId) => apps.get(appId) ?? []).map(infoOf),
    }
  },
})

export const listAppInfo = vod.action('ListAppInfo', {
  summary: 'Lists the apps in which who calls may do something, oldest first.',
  source: 'VOD manual 15.2.3',
  limit: perSecond(30),
  input: () => ({
    Status: oneOf(appStatuses).optional(),
    PageNo: integer({ min: 1 }).default(1),
    PageSize: integer({ min: 1, max: 100 }).default(10),
  }),
  output: () => z.object({ Total: z.number(), AppInfoList: z.array(appInfo) }),
  errors: notOpen,
  run({ input: { Status, PageNo, PageSize }, account, fail }) {
    checkOpen(account, fail)
    const { total, rows } = account.vod.apps.list({
      where: ({ status }) => Status === undefined || status === Status,
      skip: (PageNo - 1) * PageSize,
      take: PageSize,
    })
    return { Total: total, AppInfoList: rows.map(infoOf) }
  },
})
