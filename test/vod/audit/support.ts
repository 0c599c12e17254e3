/** What the tests of reviews share: a cloud with functions that upload, have reviewed, and ask what was found. */

import type { AssetInput } from '../../../src/assets/asset.js'
import type { CloudOptions, SettingsInput } from '../../../src/index.js'
import { vodWorld } from '../support.js'

/** What a review finds in a file. */
export type Findings = NonNullable<AssetInput['findings']>

/** A violation, and a suspicion. */
export const PORN: Findings = { video: [{ scene: 'porn', at: 1 }] }
export const SUSPICIOUS: Findings = { video: [{ scene: 'porn', label: 'sexy', at: 1 }] }

/** A configuration of templates that looks for everything, and blocks. */
export const BLOCKING = {
  AuditRange: ['video', 'image-cover', 'text-title'],
  AuditContent: ['screen'],
  AuditItem: ['terrorism', 'porn', 'ad', 'logo', 'live'],
  AuditAutoBlock: 'yes',
}

/** A cloud that does not throttle, with functions for reviews. */
export function auditWorld(vod: SettingsInput['vod'] = {}, options: CloudOptions = {}) {
  const world = vodWorld({ ...options, settings: { limits: { enabled: false }, ...(vod && { vod }) } })
  const { account, call, upload, advance } = world
  const addTemplate = async (config: object = BLOCKING, TemplateType = 'AIMediaAudit'): Promise<string> => {
    const { body } = await call('AddAITemplate', { TemplateName: 'mine', TemplateType, TemplateConfig: JSON.stringify(config) })
    return body.TemplateId
  }
  /** The template by which uploads are reviewed, from now on. */
  const useTemplate = async (config: object = BLOCKING): Promise<string> => {
    const TemplateId = await addTemplate(config)
    await call('SetDefaultAITemplate', { TemplateId })
    return TemplateId
  }
  /** A video that can be played, in whose file there is this to be found. */
  const film = async (findings: Findings = {}, params: Record<string, string> = {}): Promise<string> => {
    const url = `http://films.example.com/${account.ids.drawn}.mp4`
    await account.putAssets([{ url, findings, duration: 30 }])
    const { UploadJobs } = (await call('UploadMediaByURL', { UploadURLs: url, ...params })).body
    await advance('1m')
    return (await call('GetURLUploadInfos', { JobIds: UploadJobs[0].JobId })).body.URLUploadInfoList[0].MediaId
  }
  /** Has a video reviewed, and answers the id of the job. */
  const review = async (MediaId: string, params: Record<string, string> = {}): Promise<string> => {
    const { JobId } = (await call('SubmitAIMediaAuditJob', { MediaId, ...params })).body
    await advance('1m')
    return JobId
  }
  const job = async (JobId: string) => (await call('GetAIMediaAuditJob', { JobId })).body.MediaAuditJob
  const result = async (MediaId: string) => (await call('GetMediaAuditResult', { MediaId })).body.MediaAuditResult
  const timeline = async (MediaId: string) => (await call('GetMediaAuditResultTimeline', { MediaId })).body.MediaAuditResultTimeline
  /** All pages of a list. */
  const pages = async (action: string, name: string, MediaId: string) => {
    const list: Record<string, string>[] = []
    for (let PageNo = 1; ; PageNo++) {
      const { Total, List } = (await call(action, { MediaId, PageNo })).body[name]
      list.push(...List)
      if (List.length === 0) return { Total: Total as number, List: list }
    }
  }
  const details = (MediaId: string) => pages('GetMediaAuditResultDetail', 'MediaAuditResultDetail', MediaId)
  const speech = (MediaId: string) => pages('GetMediaAuditAudioResultDetail', 'MediaAuditAudioResultDetail', MediaId)
  const audit = (VideoId: string, Status: string, more: object = {}) =>
    call('CreateAudit', { AuditContent: JSON.stringify([{ VideoId, Status, ...more }]) })
  const statusOf = async (VideoId: string): Promise<string> => (await call('GetVideoInfo', { VideoId })).body.Video.Status
  return {
    ...world,
    upload,
    addTemplate,
    useTemplate,
    film,
    review,
    job,
    result,
    timeline,
    details,
    speech,
    audit,
    statusOf,
  }
}
