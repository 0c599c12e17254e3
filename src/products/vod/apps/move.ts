/** Media, moved from one app to another (VOD manual 15.4). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { oneOf } from '../../../params/scalars.js'
import { boundedIds, findAll, forbiddenAmong } from '../media-assets/common/find.js'
import { DEFAULT_APP_ID } from '../shared/apps/app.js'
import { vod } from '../shared/service/service.js'
import { anyAppId } from './app-info.js'
import { checkOpen, notOpen } from './errors.js'

/** What can be moved. */
const resourceTypes = ['video', 'image', 'attached'] as const

/** Records with an app, as far as a move is concerned. */
interface Movable {
  get: (key: string) => unknown
  hides: (key: string) => boolean
  update: (key: string, change: (draft: { appId: string; modifiedAt: number }) => void) => unknown
}

const collectionOf = ({ vod: { videos, images, attachedMedia } }: Account, type: (typeof resourceTypes)[number]): Movable =>
  ({ video: videos, image: images, attached: attachedMedia })[type]

export const moveAppResource = vod.action('MoveAppResource', {
  summary: 'Moves up to 20 videos, images or auxiliary media to an app, with all that belongs to them.',
  source: 'VOD manual 15.4.1',
  limit: perSecond(30),
  input: () => ({ TargetAppId: anyAppId().default(DEFAULT_APP_ID), ResourceType: oneOf(resourceTypes), ResourceIds: boundedIds() }),
  output: () =>
    z.object({
      /** Media of apps in which who calls may change nothing. */
      FailedResourceIds: inAnyOrder(z.array(z.string())),
      NonExistResourceIds: inAnyOrder(z.array(z.string())),
    }),
  errors: {
    ...notOpen,
    'Forbidden.OperateAppResource': { status: 403, message: 'Invalid app permission to operate on the specified resource.' },
  },
  run({ input: { TargetAppId, ResourceType, ResourceIds }, account, key, fail }) {
    checkOpen(account, fail)
    // Apps in which who calls may change nothing are not there.
    const target = account.vod.apps.get(TargetAppId)
    if (target?.status !== 'Normal')
      fail('Forbidden.OperateAppResource', {
        param: 'TargetAppId',
        reason: target
          ? 'is an app that UpdateAppInfo has disabled'
          : `is not the id of an app in which ${key.identity.arn} may change something`,
      })
    const media = collectionOf(account, ResourceType)
    const now = account.clock.now()
    const { missing: notFound } = findAll(media, ResourceIds)
    const { forbidden: FailedResourceIds, missing: NonExistResourceIds } = forbiddenAmong(media, notFound)
    for (const each of new Set(ResourceIds))
      media.update(each, (draft) => {
        draft.appId = TargetAppId
        draft.modifiedAt = now
      })
    return { FailedResourceIds, NonExistResourceIds }
  },
})
