/** The life line of a video: what has happened to it, in the order in which it does. */

import type { Video } from '../../../src/products/vod/shared/media/video.js'
import { dateTime, shortTime } from '../../lib/format.js'
import { t, type Word } from '../../words/index.js'

interface Step {
  word: Word
  at?: number | undefined
  is: 'done' | 'now' | 'ahead' | 'failed'
}

const FAILED = new Set<Video['status']>(['UploadFail', 'TranscodeFail', 'ProduceFail', 'Blocked'])

function stepsOf({ status, createdAt, uploadedAt, facts, streams, verdict, damage, templateGroupId }: Video): Step[] {
  const isUploaded = uploadedAt !== undefined || facts !== undefined
  const transcoded = streams.reduce((latest, stream) => Math.max(latest, stream.createdAt), 0)
  const steps: Step[] = [
    { word: 'life.created', at: createdAt, is: 'done' },
    { word: 'life.uploaded', at: uploadedAt, is: isUploaded ? 'done' : status === 'UploadFail' ? 'failed' : 'now' },
    { word: 'life.analysed', is: facts ? 'done' : damage ? 'failed' : isUploaded ? 'now' : 'ahead' },
  ]
  if (templateGroupId !== 'VOD_NO_TRANSCODE' || streams.length > 0)
    steps.push({
      word: 'life.transcoded',
      at: transcoded || undefined,
      is: status === 'TranscodeFail' ? 'failed' : status === 'Transcoding' ? 'now' : streams.length > 0 ? 'done' : 'ahead',
    })
  if (verdict || status === 'Checking' || status === 'Blocked')
    steps.push({ word: 'life.reviewed', is: status === 'Blocked' ? 'failed' : status === 'Checking' ? 'now' : 'done' })
  return steps
}

export function LifeLine({ video }: { video: Video }) {
  const steps = stepsOf(video)
  return (
    <>
      <ol class="life">
        {steps.map(({ word, at, is }) => (
          <li key={word} class={is}>
            <span>{t(word)}</span>
            <time title={at === undefined ? undefined : dateTime(at)}>{at === undefined ? '' : shortTime(at)}</time>
          </li>
        ))}
        <li class={FAILED.has(video.status) ? 'failed' : video.status === 'Normal' ? 'done' : 'ahead'}>
          <span>{video.status}</span>
          <time title={dateTime(video.modifiedAt)}>{shortTime(video.modifiedAt)}</time>
        </li>
      </ol>
      {video.damage && (
        <p class="reason">
          <strong>{video.damage.code}</strong> {video.damage.message}
        </p>
      )}
    </>
  )
}
