/** MediaBaseChangeComplete: what is said of a video has been set, changed, or is gone with it. */

import type { Account } from '../../../../account/types.js'
import type { Video } from '../media/video.js'
import { recipientOf } from '../notification/recipient.js'
import { mediaBaseChangeComplete } from './events.js'

/** Tells of a video that was created (without `before`), updated, or deleted (without `after`): each field that differs, with its value before and after. */
export function notifyBaseChange({ events }: Account, before: Video | undefined, after: Video | undefined): void {
  const video = after ?? before
  if (video === undefined) return
  const [from, to] = [contentOf(before), contentOf(after)]
  const change = (field: keyof Content) => {
    const [OldValue, NewValue] = [from[field], to[field]]
    if (OldValue === NewValue) return undefined
    return { ...(OldValue !== undefined && { OldValue }), ...(NewValue !== undefined && { NewValue }) }
  }
  events.notify(
    mediaBaseChangeComplete,
    {
      Status: 'success',
      MediaId: video.videoId,
      MediaType: 'video',
      OperateMode: before === undefined ? 'create' : after === undefined ? 'delete' : 'update',
      MediaContent: {
        Title: change('Title'),
        Description: change('Description'),
        CoverURL: change('CoverURL'),
        CateId: change('CateId'),
        Tags: change('Tags'),
      },
    },
    recipientOf(video),
  )
}

type Content = ReturnType<typeof contentOf>

const contentOf = (video: Video | undefined) => ({
  Title: video?.title,
  Description: video?.description,
  CoverURL: video?.coverUrl,
  CateId: video?.cateId,
  Tags: video?.tags.join(',') || undefined,
})
