/** The dynamic image template that every account has. No Action makes others: the service has its console for it, and here there are worlds. */

import type { Account } from '../../../../account/types.js'
import { fingerprint } from '../../../../base/ids.js'
import { lazily } from '../../../../base/lazily.js'
import { constant } from '../../../../state/make.js'
import { DEFAULT_APP_ID } from '../../shared/apps/app.js'
import { dynamicImageTemplateConfig } from '../../shared/templates/dynamic-image-config.js'

/** Id of the template. */
export const builtInDynamicImageTemplateId = ({ accountId }: Pick<Account, 'accountId'>): string =>
  fingerprint(accountId, 'DynamicImageTemplate').slice(0, 32)

const config = lazily(() =>
  constant(dynamicImageTemplateConfig, {
    Video: { Width: '640', Height: '360', Fps: '10' },
    Container: { Format: 'gif' },
    Clip: { TimeSpan: { Seek: '0', Duration: '2' } },
    SetDefaultCover: 'false',
  }),
)

/** Creates the template, if it is not there: two seconds from the start, as GIF. */
export function seedDynamicImageTemplate(account: Account): void {
  const { vod, clock } = account
  const vodTemplateId = builtInDynamicImageTemplateId(account)
  if (vod.vodTemplates.get(vodTemplateId) !== undefined) return
  vod.vodTemplates.put({
    vodTemplateId,
    name: 'DynamicImageTemplate',
    templateType: 'DynamicImage',
    isDefault: true,
    dynamicImage: config(),
    appId: DEFAULT_APP_ID,
    createdAt: clock.startedAt,
    modifiedAt: clock.startedAt,
  })
}
