/** States of apps. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { playableVideo } from '../upload/states.js'

const app = defineProviderState({
  name: 'an app',
  means: 'The account has an app beside the one of the system.',
  params: z.looseObject({}).describe('parameters of CreateAppInfo, instead of those of its example'),
  gives: { AppId: 'id of the app', AppIds: 'the same', TargetAppId: 'the same' },
  meantFor: ['AppIds', 'TargetAppId'],
  async apply({ call }, _words, params) {
    const { AppId } = await call('vod.CreateAppInfo', params)
    return { values: { AppId, AppIds: AppId, TargetAppId: AppId } }
  },
})

const grant = defineProviderState({
  name: 'a RAM user with a policy of an app',
  means: 'The account has an app, and a RAM user may do everything in it.',
  params: z.strictObject({ name: z.string().default('alice') }),
  gives: { AppId: 'id of the app', IdentityName: 'name of the user' },
  meantFor: ['IdentityName'],
  async apply({ call, account }, _words, { name }) {
    const { AppId } = await call('vod.CreateAppInfo', { AppName: 'granted' })
    account.ram.putUser(name, { allow: ['vod:*'] })
    const grantee = { IdentityType: 'RamUser', IdentityName: name }
    await call('vod.AttachAppPolicyToIdentity', { ...grantee, AppId, PolicyNames: 'VODAppFullAccess' })
    return { values: { AppId, IdentityName: name } }
  },
})

const movable = defineProviderState({
  name: 'a video to be moved',
  means: "The system's own app has a video that can be played.",
  params: z.looseObject({}).describe('parameters of UploadMediaByURL, instead of those of its example'),
  gives: { ResourceIds: 'id of the video' },
  meantFor: ['ResourceIds'],
  async apply(world, words, params) {
    const { VideoId = '' } = (await playableVideo.apply(world, words, params as never)).values ?? {}
    return { values: { ResourceIds: VideoId } }
  },
})

export const appsStates: readonly ProviderState[] = [app, grant, movable]
