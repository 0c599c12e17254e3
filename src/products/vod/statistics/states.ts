/** States of statistics. */

import { z } from 'zod'
import { toUtcSeconds } from '../../../base/times.js'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { playableVideo } from '../upload/states.js'

const videoParams = z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example')

const HOUR = 3_600_000

const played = defineProviderState({
  name: 'a video that was played',
  means: 'A file has been pulled from a URL, an audience has played it, and there are statistics of that day.',
  params: videoParams,
  gives: { VideoId: 'id of the video', BizDate: 'when it was played', StartTime: 'shortly before', EndTime: 'now, two days later' },
  meantFor: ['BizDate'],
  async apply(world, words, params) {
    const { clock, plays } = world.account
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const at = clock.now()
    await plays.simulate({ videoId: VideoId, viewers: 4, plays: 24, players: { Flash: 1, iOS: 1, HTML5: 1, Android: 1 } })
    await clock.advance('2d')
    return {
      values: { VideoId, BizDate: toUtcSeconds(at), StartTime: toUtcSeconds(at - HOUR), EndTime: toUtcSeconds(clock.now()) },
    }
  },
})

const used = defineProviderState({
  name: 'a video that was transcoded and looked at',
  means: 'A file has been pulled from a URL, transcoded, and looked at by AI.',
  params: videoParams,
  gives: { StartTime: 'before that', EndTime: 'now, after it' },
  async apply(world, words, params) {
    const { clock } = world.account
    const start = clock.now()
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    await world.call('vod.SubmitAIJob', { MediaId: VideoId, Types: 'AIMediaDNA' })
    await clock.advance('1m')
    return { values: { StartTime: toUtcSeconds(start), EndTime: toUtcSeconds(clock.now()) } }
  },
})

export const statisticsStates: readonly ProviderState[] = [played, used]
