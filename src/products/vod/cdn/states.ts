/** States of play domains. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { playableVideo } from '../upload/states.js'
import { contentFor, recordFor } from './owner/proof.js'

const NAME = 'example.com'

/** Adds a domain, and waits until it is played through. */
async function addDomain(account: Account, call: (name: string, params: object) => Promise<unknown>, params: object): Promise<void> {
  await call('vod.AddVodDomain', { DomainName: NAME, ...params })
  await account.clock.advance('1m')
}

const domain = defineProviderState({
  name: 'a play domain',
  means: 'A domain has been added, and is online.',
  params: z.looseObject({}).describe('parameters of AddVodDomain, instead of those of its example'),
  gives: { DomainName: 'the domain', DomainNames: 'the same' },
  meantFor: ['DomainName', 'DomainNames'],
  async apply({ account, call }, _words, params) {
    await addDomain(account, call, params)
    return { values: { DomainName: NAME, DomainNames: NAME } }
  },
})

const ownedDomain = defineProviderState({
  name: 'a proved domain',
  means: 'The DNS has the record that proves that the domain belongs to the account.',
  params: z.strictObject({}),
  gives: { DomainName: 'the domain' },
  apply({ account }) {
    account.settings.change({ vod: { dns: [{ name: recordFor(NAME), txt: contentFor(account, NAME) }] } })
    return { values: { DomainName: NAME } }
  },
})

const configuredDomain = defineProviderState({
  name: 'a configured domain',
  means: 'Functions of a play domain have been set, and are in force.',
  params: z.looseObject({}).describe('parameters of BatchSetVodDomainConfigs, instead of those of its example'),
  gives: { DomainName: 'the domain', ConfigId: 'id of a setting' },
  meantFor: ['ConfigId'],
  async apply({ account, call }, _words, params) {
    await addDomain(account, call, {})
    await call('vod.BatchSetVodDomainConfigs', { DomainNames: NAME, ...params })
    await account.clock.advance('1m')
    return { values: { DomainName: NAME, ConfigId: account.playDomains.get(NAME)?.configs[0]?.configId ?? '' } }
  },
})

const refreshTask = defineProviderState({
  name: 'a refresh task',
  means: 'A file under a play domain is being refreshed.',
  params: z.looseObject({}).describe('parameters of RefreshVodObjectCaches, instead of those of its example'),
  gives: { TaskId: 'id of the task' },
  meantFor: ['TaskId'],
  async apply({ account, call }, _words, params) {
    await addDomain(account, call, {})
    const { RefreshTaskId } = await call('vod.RefreshVodObjectCaches', { ObjectPath: `${NAME}/image/1.png`, ...params })
    return { values: { TaskId: RefreshTaskId } }
  },
})

const mediaRefresh = defineProviderState({
  name: 'a refresh of media',
  means: 'The addresses of a video under a play domain are being refreshed.',
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { MediaRefreshJobId: 'id of the job', MediaId: 'id of the video' },
  meantFor: ['MediaRefreshJobId'],
  async apply(world, words, params) {
    const { account, call } = world
    await addDomain(account, call, {})
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    const { MediaRefreshJobId } = await call('vod.RefreshMediaPlayUrls', { MediaIds: VideoId, TaskType: 'Refresh' })
    return { values: { MediaRefreshJobId, MediaId: VideoId } }
  },
})

export const cdnStates: readonly ProviderState[] = [domain, ownedDomain, configuredDomain, refreshTask, mediaRefresh]
