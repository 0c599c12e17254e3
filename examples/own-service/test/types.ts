/** What the compiler knows of the package and of the service beside it. Nothing here runs: that it compiles, under strict rules, is the test. */

import { type Account, type CloudOptions, createCloud, openCloud, type SettingsInput } from 'vod-viapi-emulator'
import { createClient, createControl } from 'vod-viapi-emulator/client'
import { subtitles } from '../src/subtitles.js'

type Same<A, B> = 0 extends 1 & A ? false : [A, B] extends [B, A] ? true : false

/** Fails to compile unless the value is of just this type. */
const exactly =
  <Wanted>() =>
  <Actual>(value: Same<Actual, Wanted> extends true ? Actual : never) =>
    value

/** Parts that every account has, and the service's own. */
export function partsOf({ faults, vod, subtitles, jobs, log }: Account): void {
  exactly<number>()(faults.list().length)
  exactly<string | undefined>()(vod.videos.get('v')?.title)
  exactly<'zh' | 'en' | undefined>()(subtitles.get('s')?.language)
  subtitles.list({ by: { language: 'en' } })
  exactly<string | undefined>()(jobs.get('j')?.kind)
  exactly<string | undefined>()(log.all()[0]?.action)
  // @ts-expect-error: there is no such index
  subtitles.list({ by: { status: 'Success' } })
  // @ts-expect-error: not a language
  subtitles.put({ subtitleId: 's', videoUrl: 'u', language: 'de', status: 'Processing' })
}

// @ts-expect-error: there is no such part
export const noPart = (account: Account) => account.subtitle

/** Its section of the settings, among the others. */
export const settings: SettingsInput = { subtitle: { maxSubtitles: 3 }, maxUnfinishedJobs: 1, limits: { enabled: false } }
// @ts-expect-error: of the wrong type
export const wrongType: SettingsInput = { subtitle: { maxSubtitles: 'many' } }
// @ts-expect-error: there is no such setting
export const noSetting: SettingsInput = { subtitle: { maxSubtitle: 3 } }
// @ts-expect-error: there is no such section
export const noSection: SettingsInput = { subtitles: {} }
export function settingsOf(account: Account): void {
  exactly<number>()(account.settings.values.subtitle.maxSubtitles)
  exactly<string | undefined>()(account.settings.values.subtitle.callbackUrl)
}

/** Its event type, among the others. */
export function eventsOf({ events }: Account): void {
  events.notify('SubtitleComplete', { SubtitleId: 's', Status: 'Fail' })
  // @ts-expect-error: a field is missing
  events.notify('SubtitleComplete', { SubtitleId: 's' })
  // @ts-expect-error: there is no such event type
  events.notify('SubtitleStarted', { SubtitleId: 's' })
  createControl({ endpoint: '' }).events.notify('SubtitleComplete', { SubtitleId: 's', Status: 'Fail' })
}

/** Its Actions, among the others. */
export async function callsOf(): Promise<void> {
  const client = createClient({ products: [subtitles], accessKeyId: '', accessKeySecret: '' })
  exactly<string | undefined>()((await client.subtitle.GetSubtitle({ SubtitleId: '' })).Content)
  exactly<string>()((await client.videoseg.SegmentVideoBody({ VideoUrl: '' })).RequestId)
  // @ts-expect-error: a parameter is missing
  client.subtitle.SubmitSubtitleJob({ Language: 'en' })
  // @ts-expect-error: there is no such Action
  client.subtitle.SegmentVideoBody
  // @ts-expect-error: a client that is not given the product does not have its service
  createClient({ accessKeyId: '', accessKeySecret: '' }).subtitle
}

/** Options take the product, whichever way a cloud is made. */
export const options = { products: [subtitles], settings } satisfies CloudOptions
export const clouds = [createCloud, openCloud]
// @ts-expect-error: a product has Actions
createCloud({ products: [{ name: 'nothing' }] })
