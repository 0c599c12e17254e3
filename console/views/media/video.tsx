/** One video whole: its life, what can be played of it, its pictures, what was done with it. */

import { useState } from 'preact/hooks'
import type { Stream } from '../../../src/products/vod/shared/media/stream.js'
import type { Video } from '../../../src/products/vod/shared/media/video.js'
import { call } from '../../lib/api.js'
import { bytes, dateTime, playingTime, shortTime } from '../../lib/format.js'
import { useResource } from '../../lib/resource.js'
import { link } from '../../lib/router.js'
import type { Category } from '../../lib/tables.js'
import { Button } from '../../parts/button.js'
import { Download, Picture, type Place, Player } from '../../parts/object.js'
import { Panel, Section } from '../../parts/panel.js'
import { Badge, Facts, Id, Json } from '../../parts/text.js'
import { t } from '../../words/index.js'
import { toneOf } from '../jobs/tone.js'
import { Gone, namesOf, ObjectLink, statusTone } from './common.js'
import { HlsPlayer } from './hls-player.js'
import { LifeLine } from './life.js'

/** Files that browsers play by themselves. */
const PLAYED = /\.(?:mp4|m4v|webm|mov|mp3|m4a|aac|wav|ogg)$/i

/** What takes a player of its own: HLS. */
const PLAYLIST = /\.m3u8$/i

/** Pictures of one set that are shown. */
const PICTURES = 12

interface Props {
  video: Video | undefined
  categories: readonly Category[]
  onClose: () => void
}

/** What of a video is played until something is chosen: a file, of a stream or the source, else an HLS stream for which nobody has to be asked for a key. */
function playable({ streams, file, sourceStatus }: Video): Place | undefined {
  const open = streams.filter(({ status, encryptType }) => status === 'Normal' && encryptType === undefined).map((stream) => stream.file)
  const files = sourceStatus === 'Normal' ? [...open, file] : open
  return files.find(({ key }) => PLAYED.test(key)) ?? open.find(({ key }) => PLAYLIST.test(key))
}

function Streams({ streams, chosen, choose }: { streams: readonly Stream[]; chosen: Place | undefined; choose: (place: Place) => void }) {
  if (streams.length === 0) return <p class="muted">{t('media.noStreams')}</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('media.definition')}</th>
          <th scope="col">{t('media.format')}</th>
          <th scope="col" class="number">
            {t('media.bitrate')}
          </th>
          <th scope="col" class="number">
            {t('common.size')}
          </th>
          <th scope="col">
            <span class="hidden">{t('media.play')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <tr key={`${stream.jobId} ${stream.file.key}`}>
            <td>
              <strong>{stream.definition}</strong> <span class="muted">{stream.width && `${stream.width}×${stream.height}`}</span>
            </td>
            <td>
              {stream.format} {stream.encryptType && <Badge tone="warn">{stream.encryptType}</Badge>}
              {stream.status === 'Invisible' && <Badge>{stream.status}</Badge>}
            </td>
            <td class="number">{Math.round(stream.bitrate)}</td>
            <td class="number">{bytes(stream.size)}</td>
            <td class="number">
              {PLAYED.test(stream.file.key) || PLAYLIST.test(stream.file.key) ? (
                <Button
                  class="small"
                  disabled={stream.file.key === chosen?.key}
                  aria-label={`${t('media.play')}: ${stream.definition} ${stream.format}`}
                  onClick={() => choose(stream.file)}
                >
                  {t('media.play')}
                </Button>
              ) : (
                <span class="muted" title={t('media.notPlayed')}>
                  —
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Snapshots({ snapshots }: Pick<Video, 'snapshots'>) {
  if (snapshots.length === 0) return <p class="muted">{t('media.noSnapshots')}</p>
  return (
    <>
      {snapshots.map(({ jobId, type, bucket, count, pattern, pictures }) => {
        const files = pictures ?? { count, pattern }
        const numbers = Array.from({ length: Math.min(files.count, PICTURES) }, (_, index) => index + 1)
        return (
          <figure key={`${jobId} ${pattern}`} class="shots">
            <figcaption class="muted">
              {type} · {files.count}
            </figcaption>
            {numbers.map((number) => (
              <Picture
                key={number}
                place={{ bucket, key: files.pattern.replace('{SnapshotCount}', String(number).padStart(5, '0')) }}
                alt={`${type} ${number}`}
              />
            ))}
          </figure>
        )
      })}
    </>
  )
}

/** Jobs and events that are about the video. */
function Around({ videoId }: { videoId: string }) {
  const jobs = useResource((signal) => call('GET /jobs', { signal }), [], ['jobs']).value?.filter(({ input }) =>
    JSON.stringify(input).includes(videoId),
  )
  const events = useResource((signal) => call('GET /events', { signal }), [], ['events']).value?.filter(({ payload }) =>
    JSON.stringify(payload).includes(videoId),
  )
  return (
    <>
      <Section title={t('media.jobs')}>
        {jobs?.length === 0 && <p class="muted">{t('media.noJobs')}</p>}
        <ul class="lines">
          {jobs?.toReversed().map((job) => (
            <li key={job.id}>
              <time>{shortTime(job.submittedAt)}</time> <a href={link('jobs', job.id)}>{job.kind}</a>
              <Badge tone={toneOf(job)}>{job.ending ?? job.stage}</Badge>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('media.events')}>
        {events?.length === 0 && <p class="muted">{t('media.noEvents')}</p>}
        <ul class="lines">
          {events?.toReversed().map((event) => (
            <li key={event.id}>
              <time>{shortTime(event.time)}</time> <a href={link('events', event.id)}>{event.type}</a> <Badge>{event.state}</Badge>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

export function VideoPanel({ video, categories, onClose }: Props) {
  const [chosen, choose] = useState<Place>()
  if (video === undefined) return <Gone onClose={onClose} />
  const { facts, file, title } = video
  const played = chosen ?? playable(video)
  const picture = facts?.picture
  const Played = played && PLAYLIST.test(played.key) ? HlsPlayer : Player
  return (
    <Panel
      title={title}
      sub={<Badge tone={statusTone(video.status)}>{video.status}</Badge>}
      tools={<Download place={file} />}
      onClose={onClose}
    >
      {played ? (
        <Played key={played.key} place={played} kind={video.mediaType} label={title} />
      ) : (
        video.sourceStatus === 'Normal' && <p class="muted">{t(video.streams.length > 0 ? 'media.notPlayed' : 'media.noBytes')}</p>
      )}
      <Section title={t('media.life')}>
        <LifeLine video={video} />
      </Section>
      <Section title={t('media.streams')}>
        <Streams streams={video.streams} chosen={played} choose={choose} />
      </Section>
      <Section title={t('media.snapshots')}>
        <Snapshots snapshots={video.snapshots} />
      </Section>
      <Around videoId={video.videoId} />
      <Section title={t('media.facts')}>
        <Facts
          of={[
            ['VideoId', <Id>{video.videoId}</Id>],
            [t('media.category'), video.cateId === undefined ? undefined : namesOf(categories, [video.cateId])],
            [t('media.tags'), video.tags.join(', ')],
            [t('media.length'), facts && playingTime(facts.duration)],
            [
              t('media.picture'),
              picture && `${picture.width} × ${picture.height}, ${picture.codec}, ${Number(picture.fps.toFixed(2))} fps`,
            ],
            [t('media.sound'), facts?.sound && `${facts.sound.codec}, ${facts.sound.channels} × ${facts.sound.sampleRate} Hz`],
            [t('common.size'), video.size === undefined ? undefined : bytes(video.size)],
            [t('media.group'), video.templateGroupId && <code>{video.templateGroupId}</code>],
            [t('media.app'), <code>{video.appId}</code>],
            [t('media.created'), dateTime(video.createdAt)],
            [t('media.source'), ObjectLink(file)],
          ]}
        />
      </Section>
      <details>
        <summary>{t('media.record')}</summary>
        <Json value={video} />
      </details>
    </Panel>
  )
}
