/** What records cost, however many there are: videos as an account has them, with an index that finds one and others that find many. */

import { type Video, videoSchema, videoStatuses } from '../src/products/vod/shared/media/video.js'
import type { Collection } from '../src/state/collection.js'
import { State } from '../src/state/state.js'
import { quartiles, ratios, type Spread } from './statistics.js'

const SIZES = [100, 10_000, 100_000] as const

const CATEGORIES = 10

/** Records that every round works on, from everywhere among all; the same ones, so that the caches of the machine help at each size. */
const WORKED_ON = 100

const ROUNDS = 100

/** One operation. */
export interface Cost {
  /** At each size, from 100 records to 100,000. */
  microseconds: Spread[]
  /** The slowest size against 100, round by round. */
  ratio: Spread
}

/** What each operation costs, and two pages. */
export interface Records {
  get: Cost
  put: Cost
  update: Cost
  delete: Cost
  /** The ten newest of a category. */
  list: Cost
  /** Milliseconds for ten of the 50,000 videos in one half of 100,000: newest first, and sorted by the time of creation. */
  page: { newest: Spread; sorted: Spread }
}

type Videos = Collection<typeof videoSchema, 'path' | 'category' | 'status' | 'half'>

/** All sizes in turn. */
export function measureRecords(): Records {
  const sizes = SIZES.map((size) => ({ size, videos: filled(size) }))
  const measure = (work: (videos: Videos, numbers: readonly number[]) => number): Cost => {
    const rounds = sizes.map((): number[] => [])
    for (let round = -ROUNDS; round < ROUNDS; round++) {
      for (const [index, { size, videos }] of sizes.entries()) {
        const apart = size / WORKED_ON
        const numbers = Array.from({ length: WORKED_ON }, (_, number) => number * apart)
        const elapsed = work(videos, numbers)
        // The first half warms up.
        if (round >= 0) rounds[index]?.push((elapsed * 1000) / WORKED_ON)
      }
    }
    const microseconds = rounds.map(quartiles)
    const medians = microseconds.map(([, middle]) => middle)
    const slowest = medians.indexOf(Math.max(...medians))
    return { microseconds, ratio: ratios(rounds[slowest] as number[], rounds[0] as number[]) }
  }
  let [puts, updates] = [0, 0]
  return {
    get: measure((videos, numbers) => timed(numbers, (number) => videos.get(idOf(number)))),
    put: measure((videos, numbers) => {
      const fresh = numbers.map(() => videoOf(--puts))
      const elapsed = timed(fresh, (video) => videos.put(video))
      for (const { videoId } of fresh) videos.delete(videoId)
      return elapsed
    }),
    update: measure((videos, numbers) =>
      timed(numbers, (number) =>
        videos.update(idOf(number), (draft) => {
          draft.status = videoStatuses[updates++ % videoStatuses.length] as Video['status']
        }),
      ),
    ),
    list: measure((videos, numbers) =>
      timed(numbers, (number) => videos.list({ by: { category: categoryOf(number) }, descending: true, take: 10 })),
    ),
    delete: measure((videos, numbers) => {
      const elapsed = timed(numbers, (number) => videos.delete(idOf(number)))
      for (const number of numbers) videos.put(videoOf(number))
      return elapsed
    }),
    page: measurePages(),
  }
}

function measurePages(): Records['page'] {
  const videos = filled(100_000)
  const of = (page: Parameters<Videos['list']>[0]): Spread =>
    quartiles(
      Array.from({ length: 9 }, () =>
        timed([0], () => videos.list({ by: { half: '0' }, descending: true, skip: 20_000, take: 10, ...page })),
      ),
    )
  return { newest: of({}), sorted: of({ orderBy: ({ createdAt }) => createdAt }) }
}

/** Milliseconds. */
function timed<Item>(items: readonly Item[], work: (item: Item) => unknown): number {
  const started = performance.now()
  for (const item of items) work(item)
  return performance.now() - started
}

const idOf = (number: number): string => `video-${number}`

const categoryOf = (number: number): string => String(Math.abs(number) % CATEGORIES)

const videoOf = (number: number): Video => ({
  videoId: idOf(number),
  title: `film ${number}`,
  tags: ['synthetic', 'bench'],
  cateId: Math.abs(number) % CATEGORIES,
  status: 'Normal',
  mediaType: 'video',
  fileName: 'film.mp4',
  file: { bucket: 'bench', key: `sv/${number}.mp4` },
  sourceStatus: 'Normal',
  storageLocation: 'bench.oss-cn-shanghai.aliyuncs.com',
  appId: 'app-1000000',
  streams: [],
  snapshots: [],
  createdAt: 1_767_225_600_000 + number,
  modifiedAt: 1_767_225_600_000 + number,
})

function filled(size: number): Videos {
  const videos = new State().collection({
    name: 'videos',
    schema: videoSchema,
    keyOf: ({ videoId }) => videoId,
    indexes: {
      path: ({ file }) => `${file.bucket}/${file.key}`,
      category: ({ cateId }) => String(cateId),
      status: ({ status }) => status,
      half: ({ createdAt }) => String(createdAt % 2),
    },
  })
  for (let number = 0; number < size; number++) videos.put(videoOf(number))
  // An index is built when it is first asked for.
  for (const index of ['path', 'category', 'status', 'half'] as const) videos.countBy(index, '')
  return videos
}
