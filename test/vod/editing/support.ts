/** What the tests of editing share: footage in the library, and timelines of it. */

import type { CloudOptions } from '../../../src/index.js'
import type { Answer, CallOptions } from '../../support/cloud.js'
import { vodWorld } from '../support.js'

/** A clip as a caller writes it. */
export type ClipInput = Record<string, unknown>

/** A timeline with one track. */
export const timelineOf = (...clips: ClipInput[]): string => JSON.stringify({ VideoTracks: [{ VideoTrackClips: clips }] })

/** A cloud with footage at hand. */
export function editingWorld(options: CloudOptions = {}) {
  const world = vodWorld({ settings: { limits: { enabled: false } }, ...options })
  const { account, call, advance } = world
  let count = 0
  /** A video that can be played, of so many seconds, and as large as is asked for. */
  const footage = async (duration: number, facts: { width?: number; height?: number } = {}, extension = 'mp4'): Promise<string> => {
    const url = `https://footage.example.com/${++count}.${extension}`
    await account.putAssets([{ url, duration, ...facts }])
    const { UploadJobs } = (await call('UploadMediaByURL', { UploadURLs: url })).body
    await advance('1m')
    return (await call('GetURLUploadInfos', { JobIds: UploadJobs[0].JobId })).body.URLUploadInfoList[0].MediaId
  }
  const image = async (): Promise<string> => {
    const ticket = (await call('CreateUploadImage', { ImageType: 'default', ImageExt: 'png' })).body
    await world.put(ticket, PICTURE)
    return ticket.ImageId
  }
  const project = async (params: Record<string, string> = {}): Promise<string> =>
    (await call('AddEditingProject', { Title: 'cut', ...params })).body.Project.ProjectId
  const get = async (ProjectId: string) => (await call('GetEditingProject', { ProjectId })).body.Project
  const produce = (params: Record<string, string>, callOptions?: CallOptions): Promise<Answer> =>
    call('ProduceEditingProjectVideo', params, callOptions)
  const video = async (VideoId: string) => (await call('GetVideoInfo', { VideoId })).body.Video
  return { ...world, footage, image, project, get, produce, video }
}

/** A picture of 4 x 3 pixels, as far as its header goes. */
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452000000040000000308020000003a5b5f7d', 'hex')
