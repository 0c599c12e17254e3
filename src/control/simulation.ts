/** Routes: what nobody can do in an emulator, and a test tells of: live streams that were pushed, audiences that watch. */

import { z } from 'zod'
import { readLater } from '../base/shape.js'
import { liveStreamSchema } from '../products/vod/live/input.js'
import { audienceSchema } from '../products/vod/shared/statistics/audience.js'
import { declareRoutes } from './route.js'

export const simulationRoutes = declareRoutes({
  'POST /live-streams': {
    chapter: 'simulation',
    id: 'recordLiveStream',
    summary: 'Tells of a live stream that has been recorded: a job makes videos of it, which ListLiveRecordVideo lists.',
    body: readLater(liveStreamSchema),
    status: 201,
    answer: z.strictObject({
      jobId: z.string(),
      playlistId: z.string().describe('`PlaylistId` of ListLiveRecordVideo.'),
      videos: z.int().describe('How many videos there will be, the one that they are put together to included.'),
    }),
    example: { body: { domainName: 'push.example.com', appName: 'live', streamName: 'talk', duration: '38m' } },
  },
  'POST /plays': {
    chapter: 'simulation',
    id: 'simulatePlays',
    summary: 'Has an audience of any size play a video; the statistics tell of it from nine the next morning, in China.',
    body: readLater(audienceSchema),
    status: 201,
    answer: z.strictObject({
      videoId: z.string(),
      date: z.string().describe('Day in China: `20260102`.'),
      plays: z.int(),
      viewers: z.int(),
      duration: z.number().describe('Milliseconds that were watched.'),
    }),
    example: { body: { videoId: '93ab850b4f6f44eab54b6e91d24d81d4', viewers: 100 } },
  },
})
