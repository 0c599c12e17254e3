/** What the tests of apps share: an account with two apps, and RAM users and roles that call. */

import type { AccessKey } from '../../../src/identity/access-key.js'
import type { CloudOptions } from '../../../src/index.js'
import { sample, vodWorld } from '../support.js'

type Params = Record<string, string | number>

/** The system's own app. */
export const SYSTEMS = 'app-1000000'

/** A world whose limits are off, with functions that call as somebody. */
export function appWorld(options: CloudOptions = {}) {
  const world = vodWorld({ ...options, settings: { limits: { enabled: false }, ...options.settings } })
  const { account, call, refusal } = world
  const user = (name: string): AccessKey => {
    account.ram.putUser(name, { allow: ['vod:*'] })
    return account.ram.keyOf(name) ?? account.ram.createAccessKey(name)
  }
  const role = (name: string): AccessKey => {
    account.ram.putRole(name, { allow: ['vod:*'] })
    return account.ram.assumeRole(name)
  }
  /** Calls that are made with a key: as whoever has it. */
  const as = (key: AccessKey) => {
    const options = { key, ...(key.securityToken !== undefined && { securityToken: key.securityToken }) }
    return {
      call: (action: string, params: Params = {}) => call(action, params, options),
      body: async (action: string, params: Params = {}) => (await call(action, params, options)).body,
      code: async (action: string, params: Params = {}) => (await call(action, params, options)).body.Code as string | undefined,
      refusal: (action: string, params: Params = {}) => refusal(action, params, options),
    }
  }
  const createApp = async (AppName: string): Promise<string> => (await call('CreateAppInfo', { AppName })).body.AppId
  const policies =
    (action: string) =>
    (IdentityName: string, PolicyNames: string, AppId?: string, IdentityType = 'RamUser') =>
      call(action, { IdentityType, IdentityName, PolicyNames, ...(AppId !== undefined && { AppId }) })
  const attach = policies('AttachAppPolicyToIdentity')
  const detach = policies('DetachAppPolicyFromIdentity')
  /** A RAM user with a policy. */
  const userWith = async (name: string, policy: string, AppId?: string) => {
    const key = user(name)
    await attach(name, policy, AppId)
    return as(key)
  }
  const image = async (AppId: string): Promise<string> => (await call('CreateUploadImage', { ImageType: 'default', AppId })).body.ImageId
  const attached = async (AppId: string): Promise<string> =>
    (await call('CreateUploadAttachedMedia', { BusinessType: 'watermark', AppId })).body.MediaId
  return { ...world, user, role, as, createApp, attach, detach, userWith, image, attached, sample }
}

/** An account with two apps, a video in each and in the system's own, and users: of one app, of the other, and of none. */
export async function twoApps() {
  const world = appWorld()
  const { createApp, create, userWith, user, as } = world
  const [films, news] = [await createApp('films'), await createApp('news')]
  const videoIn = async (AppId: string): Promise<string> => (await create({ AppId })).VideoId
  return {
    ...world,
    films,
    news,
    videoIn,
    film: await videoIn(films),
    report: await videoIn(news),
    other: await videoIn(SYSTEMS),
    filmmaker: await userWith('filmmaker', 'VODAppFullAccess', films),
    critic: await userWith('critic', 'VODAppReadOnlyAccess', films),
    nobody: as(user('nobody')),
  }
}
