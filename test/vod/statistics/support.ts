/** What the tests of statistics share: a world with a domain, a film that is played through it, and functions that ask for figures. */

import type { CloudOptions } from '../../../src/index.js'
import { cdnWorld, type PlayOptions } from '../cdn/support.js'

/** Figures of one slice of time, or of one day. */
export type Row = Record<string, string>

/** What AI or transcoding have used in one slice: name and seconds. */
export interface Items {
  TimeStamp: string
  Data: { DataItem: { Name: string; Value: string }[] }
}

/** An account with a domain that is online. */
export async function statisticsWorld(options: CloudOptions = {}) {
  const world = cdnWorld(options)
  const { call, advance, upload, play, get, account } = world
  await world.addDomain()
  /** Uploads a film, and waits until it can be played. */
  const film = async (params: Record<string, string> = {}): Promise<string> => {
    const VideoId = await upload(params)
    await advance('1m')
    return VideoId
  }
  /** Addresses of what a video is played from. */
  const addresses = async (VideoId: string, params: Record<string, string> = {}): Promise<string[]> =>
    (await play(VideoId, params)).body.PlayInfoList.PlayInfo.map(({ PlayURL }: { PlayURL: string }) => PlayURL)
  /** Plays the whole of a video's first stream; answers how many bytes that was. */
  const watch = async (VideoId: string, options: PlayOptions = {}): Promise<number> => {
    const [url = ''] = await addresses(VideoId)
    return (await get(url, options)).bytes.byteLength
  }
  /** Bytes that domains have sent, in slices that are not empty. */
  const traffic = async (params: Record<string, string>) => {
    const { body } = await call('DescribeVodDomainUsageData', { Field: 'traf', ...params })
    const slices: Row[] = body.UsageDataPerInterval.DataModule
    return { interval: body.DataInterval as string, slices, used: slices.filter(({ Value }) => Value !== '0') }
  }
  const storage = async (params: Record<string, string>) => {
    const { body } = await call('DescribeVodStorageData', params)
    return { interval: body.DataInterval as string, items: body.StorageData.StorageDataItem as Row[] }
  }
  const transcoded = async (params: Record<string, string>) => {
    const { body } = await call('DescribeVodTranscodeData', params)
    return { interval: body.DataInterval as string, items: body.TranscodeData.TranscodeDataItem as Items[] }
  }
  const ai = async (params: Record<string, string>) => {
    const { body } = await call('DescribeVodAIData', params)
    return { interval: body.DataInterval as string, items: body.AIData.AIDataItem as Items[] }
  }
  /** The most played videos of a day. */
  const top = async (BizDate: string, params: Record<string, string> = {}): Promise<Row[]> =>
    (await call('DescribePlayTopVideos', { BizDate, ...params })).body.TopPlayVideos.TopPlayVideoStatis
  const totals = async (range: Record<string, string>) =>
    (await call('DescribePlayUserTotal', range)).body.UserPlayStatisTotals.UserPlayStatisTotal
  const averages = async (range: Record<string, string>): Promise<Row[]> =>
    (await call('DescribePlayUserAvg', range)).body.UserPlayStatisAvgs.UserPlayStatisAvg
  const ofVideo = async (VideoId: string, range: Record<string, string>): Promise<Row[]> =>
    (await call('DescribePlayVideoStatis', { VideoId, ...range })).body.VideoPlayStatisDetails.VideoPlayStatisDetail
  return { ...world, account, film, addresses, watch, traffic, storage, transcoded, ai, top, totals, averages, ofVideo }
}

/** What is not empty: when it began, and its figures by name. */
export const figuresOf = (items: readonly Items[]): [string, Record<string, string>][] =>
  items
    .filter(({ Data }) => Data.DataItem.length > 0)
    .map(({ TimeStamp, Data }) => [TimeStamp, Object.fromEntries(Data.DataItem.map(({ Name, Value }) => [Name, Value]))])
