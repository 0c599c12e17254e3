/** What the tests of AI share: a world with functions that submit jobs and let them end. */

import type { CloudOptions } from '../../../src/index.js'
import { vodWorld } from '../support.js'

type Params = Record<string, string>

/** A cloud with videos that AI jobs are submitted for. */
export function aiWorld(options: CloudOptions = {}) {
  const world = vodWorld(options)
  const { call, advance, upload, account } = world
  /** Uploads a file, and lets it be analysed. */
  const video = async (body?: Uint8Array, params: Params = {}): Promise<string> => {
    const VideoId = await upload(params, body)
    await advance('1m')
    return VideoId
  }
  /** Submits jobs; answers their ids. */
  const submit = async (MediaId: string, params: Params = {}): Promise<string[]> =>
    (await call('SubmitAIJob', { MediaId, ...params })).body.AIJobList.AIJob.map(({ JobId }: { JobId: string }) => JobId)
  const list = async (...ids: string[]) => (await call('ListAIJob', { JobIds: ids.join(',') })).body
  /** Takes the fingerprint of a video. */
  const fingerprint = async (MediaId: string): Promise<string> => {
    const [id = ''] = await submit(MediaId, { Types: 'AIMediaDNA' })
    await advance('1m')
    return id
  }
  /** Ids of the videos that a video resembles. */
  const alike = async (MediaId: string): Promise<string[]> =>
    (await call('GetMediaDNAResult', { MediaId })).body.DNAResult.VideoDNA.map(({ PrimaryKey }: { PrimaryKey: string }) => PrimaryKey)
  const template = async (config: object = { Format: 'gif', SetDefaultCover: 'false' }): Promise<string> =>
    (await call('AddAITemplate', { TemplateName: 'cover', TemplateType: 'AIImage', TemplateConfig: JSON.stringify(config) })).body
      .TemplateId
  return { ...world, account, video, submit, list, fingerprint, alike, template }
}
