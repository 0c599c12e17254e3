/** Apps, created, changed and deleted by administrators (VOD manual 15.2.1, 15.2.4, 15.2.5). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import type { ErrorTable, Refusal } from '../../../base/errors.js'
import { oneOf } from '../../../params/scalars.js'
import { appStatuses } from '../shared/apps/app.js'
import { grantKey } from '../shared/apps/grant.js'
import { wholeVod } from '../shared/service/service.js'
import { anyAppId, appName, description } from './app-info.js'
import { appNamed, checkAdministrator, isSystems, operateErrors } from './errors.js'

/** Apps that an account may have, beside the system's own. */
const MAX_APPS = 10

/** The manual has these without an Action; they are about names. */
const nameErrors = {
  'AlreadyExist.AppName': { status: 409, message: 'The specified AppName has already exist.' },
} as const satisfies ErrorTable

function checkName(
  { vod }: Account,
  name: string,
  own: string | undefined,
  fail: (code: 'AlreadyExist.AppName', refusal: Refusal) => never,
): void {
  const other = vod.apps.list({ where: (app) => app.name === name && app.appId !== own }).rows[0]
  if (other) fail('AlreadyExist.AppName', { param: 'AppName', reason: `is the name of ${other.appId} already` })
}

export const createAppInfo = wholeVod.action('CreateAppInfo', {
  summary: 'Creates an app.',
  source: 'VOD manual 15.2.1',
  limit: perSecond(50),
  input: () => ({ AppName: appName(), Description: description().optional() }),
  output: () => z.object({ AppId: z.string() }),
  errors: {
    ...operateErrors,
    ...nameErrors,
    'LimitExceeded.AppCount': { status: 400, message: 'App Count has exceeded 10.' },
  },
  run({ input: { AppName, Description }, account, key, fail }) {
    checkAdministrator(account, key, fail)
    const { vod, clock } = account
    const custom = vod.apps.list({ where: (app) => !isSystems(app) }).total
    if (custom === 0 && key.identity.kind !== 'root')
      fail('Forbidden.OperateApp', { reason: 'the first app is created with an AccessKey of the account itself' })
    if (custom >= MAX_APPS) fail('LimitExceeded.AppCount', { reason: `the account has ${custom} apps beside the system's own` })
    checkName(account, AppName, undefined, fail)
    const now = clock.now()
    const app = { name: AppName, description: Description, type: 'Custom', status: 'Normal', createdAt: now, modifiedAt: now } as const
    return { AppId: vod.apps.put({ appId: newAppId(account), ...app }).appId }
  },
})

/** An id that no app has, as the service's are: seven digits. */
function newAppId({ vod, ids }: Account): string {
  for (;;) {
    const appId = `app-${ids.digits(7)}`
    if (vod.apps.get(appId) === undefined) return appId
  }
}

export const updateAppInfo = wholeVod.action('UpdateAppInfo', {
  summary: 'Changes name, description or status of an app; nothing new can be put into one that is disabled.',
  source: 'VOD manual 15.2.4',
  limit: perSecond(30),
  input: () => ({
    AppId: anyAppId(),
    AppName: appName().optional(),
    Description: description().optional(),
    Status: oneOf(appStatuses).optional(),
  }),
  output: () => z.object({}),
  errors: { ...operateErrors, ...nameErrors },
  run({ input: { AppId, AppName, Description, Status }, account, key, fail }) {
    checkAdministrator(account, key, fail)
    const app = appNamed(account, AppId, fail)
    if (Status === 'Disable' && isSystems(app))
      fail('Forbidden.OperateApp', { param: 'Status', reason: "is Disable; the system's own app cannot be disabled" })
    if (AppName !== undefined) checkName(account, AppName, AppId, fail)
    account.vod.apps.update(AppId, (draft) => {
      draft.name = AppName ?? draft.name
      draft.description = Description ?? draft.description
      draft.status = Status ?? draft.status
      draft.modifiedAt = account.clock.now()
    })
    return {}
  },
})

export const deleteAppInfo = wholeVod.action('DeleteAppInfo', {
  summary:
    'Deletes an app that holds nothing any more, with its callback settings, its default template group and watermark, and all that was granted in it.',
  source: 'VOD manual 15.2.5',
  limit: perSecond(10),
  input: () => ({ AppId: anyAppId() }),
  output: () => z.object({}),
  errors: {
    ...operateErrors,
    'Forbidden.ResourceNotEmpty': { status: 403, message: 'The App: %s has %s resource, can not be deleted.' },
  },
  run({ input: { AppId }, account, key, fail }) {
    checkAdministrator(account, key, fail)
    if (isSystems(appNamed(account, AppId, fail)))
      fail('Forbidden.OperateApp', { param: 'AppId', reason: "is the id of the system's own app, which cannot be deleted" })
    const resource = resourceIn(account, AppId)
    if (resource !== undefined)
      fail('Forbidden.ResourceNotEmpty', {
        param: 'AppId',
        message: `The App: ${AppId} has ${resource} resource, can not be deleted.`,
        reason: `is the id of an app with a ${resource}; MoveAppResource moves media to another one`,
      })
    const { apps, appGrants, callbacks, templateGroups, watermarks } = account.vod
    const by = { app: AppId }
    for (const grant of appGrants.list({ by }).rows) appGrants.delete(grantKey(grant))
    for (const { templateGroupId } of templateGroups.list({ by }).rows) templateGroups.delete(templateGroupId)
    for (const { watermarkId } of watermarks.list({ by }).rows) watermarks.delete(watermarkId)
    callbacks.delete(AppId)
    apps.delete(AppId)
    return {}
  },
})

/** What an app still holds, in a word; the manual does not say which words there are. */
function resourceIn({ vod }: Account, appId: string): string | undefined {
  const isOf = (each: { appId: string }): boolean => each.appId === appId
  const isNoDefault = ({ isDefault }: { isDefault: boolean }): boolean => !isDefault
  const by = { app: appId }
  const held: Record<string, number> = {
    video: vod.videos.list({ where: isOf }).total,
    image: vod.images.list({ where: isOf }).total,
    attached: vod.attachedMedia.list({ where: isOf }).total,
    // What is the default of an app cannot be deleted, and goes with it.
    transcodeTemplateGroup: vod.templateGroups.list({ by, where: isNoDefault }).total,
    vodTemplate: vod.vodTemplates.list({ by }).total,
    watermark: vod.watermarks.list({ by, where: isNoDefault }).total,
    // What is being fetched becomes a video of the app.
    uploadJob: vod.uploadJobs.list({ where: (job) => isOf(job) && job.completedAt === undefined }).total,
  }
  return Object.keys(held).find((name) => held[name] !== 0)
}
