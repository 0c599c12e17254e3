/** States of recordings of live streams. */

import { z } from 'zod'
import { toUtcSeconds } from '../../../base/times.js'
import { defineProviderState, type ProviderState, StateError } from '../../../product/provider-state.js'

const recordedStream = defineProviderState({
  name: 'a recording of a live stream',
  means: 'A live stream of ten minutes has been recorded, and the recording can be played.',
  params: z.strictObject({
    domainName: z.string().default('example.com'),
    appName: z.string().default('testApp'),
    streamName: z.string().default('live-test'),
  }),
  gives: {
    StreamName: 'name of the stream',
    DomainName: 'host that it was pushed to',
    AppName: 'its app',
    StartTime: 'when the recording was begun',
  },
  meantFor: ['StreamName', 'AppName'],
  async apply({ account: { clock, liveStreams, vod } }, _words, { domainName, appName, streamName }) {
    const { playlistId } = await liveStreams.record({ domainName, appName, streamName, duration: '10m' })
    const made = () =>
      vod.videos.list({ by: { mediaSource: 'live' }, where: ({ liveRecording }) => liveRecording?.playlistId === playlistId }).rows[0]
    for (let due = clock.nextDue; due !== undefined && made()?.status !== 'Normal'; due = clock.nextDue) await clock.advanceTo(due)
    const { liveRecording, status } = made() ?? {}
    if (liveRecording === undefined || status !== 'Normal')
      throw new StateError(`nothing that can be played has come of it: ${status ?? 'no video'}`)
    const StartTime = toUtcSeconds(liveRecording.startedAt)
    return { values: { StreamName: streamName, DomainName: domainName, AppName: appName, StartTime } }
  },
})

const endedStream = defineProviderState({
  name: 'a live stream that is over',
  means: 'A live stream has been recorded; what is to become of its recordings has come to an end, be it good or bad.',
  params: z.looseObject({}).describe('what is told of a live stream: domainName, appName, streamName, duration, period, compose and so on'),
  async apply({ account: { clock, jobs, liveStreams } }, _words, params) {
    await liveStreams.record({ domainName: 'example.com', appName: 'testApp', streamName: 'live-test', duration: '10m', ...params })
    for (let due = clock.nextDue; due !== undefined && jobs.unfinished > 0; due = clock.nextDue) await clock.advanceTo(due)
    return {}
  },
})

export const liveStates: readonly ProviderState[] = [recordedStream, endedStream]
