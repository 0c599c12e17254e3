/** MediaBaseChangeComplete: what is said of a video has been set, changed, or is gone with it. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { mediaBaseChangeComplete } from './events.js'

/** Tells of a video that was created (without `before`), updated, or deleted (without `after`): each field that differs, with its value before and after. */
export function notifyBaseChange({ events }: Account, before: Video | undefined, after: Video | undefined): void {
  const video = after ?? before
  if (video === undefined) return
  events.notify(
    mediaBaseChangeComplete,
    {
      Status: 'success',
      MediaId: video.videoId,
      MediaType: 'video',
      OperateMode: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
      MediaContent: {
        Title: changeOf(before?.title, after?.title),
        Description: changeOf(before?.description, after?.description),
        CoverURL: changeOf(before?.coverUrl, after?.coverUrl),
        CateId: changeOf(before?.cateId, after?.cateId),
        Tags: before?.tags === after?.tags ? undefined : changeOf(listed(before?.tags), listed(after?.tags)),
      },
    },
    recipientOf(video),
  )
}

function changeOf<Value>(OldValue: Value | undefined, NewValue: Value | undefined): { OldValue?: Value; NewValue?: Value } | undefined {
  if (OldValue === NewValue) return undefined
  if (OldValue === undefined) return { NewValue: NewValue as Value }
  return NewValue === undefined ? { OldValue } : { OldValue, NewValue }
}

const listed = (tags: readonly string[] | undefined): string | undefined => tags?.join(',') || undefined
