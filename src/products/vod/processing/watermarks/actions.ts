/** Watermarks (VOD manual 8.4). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import type { ErrorTable, Refusal } from '../../../../base/errors.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { json, url } from '../../../../params/structures.js'
import { playUrl } from '../../shared/addresses/addresses.js'
import { newId } from '../../shared/media/new-id.js'
import { appId } from '../../shared/service/app-id.js'
import { vod } from '../../shared/service/service.js'
import { makeDefault } from '../../shared/templates/defaults.js'
import { readStructure } from '../../shared/templates/read-structure.js'
import { imageWatermarkConfig, textWatermarkConfig, type Watermark, watermarkTypes } from '../../shared/templates/watermark.js'
import { id } from '../../upload/params.js'
import { deleteFileOf, imageFile } from './file.js'

/** Watermarks that an account may have (service limits, developer guide). */
const MAX_WATERMARKS = 20

const watermarkErrors = {
  NoSuchResource: { status: 404, message: 'The specified resource {param} does not exist.' },
} as const satisfies ErrorTable

/** Chinese characters, letters and digits. */
const name = () => text({ maxBytes: 128, pattern: /^[\p{Script=Han}A-Za-z0-9]+$/u })

/** Read by the type of the watermark, which says what it holds. */
const watermarkConfig = () => json(z.record(z.string(), z.unknown()))

const watermarkNamed = ({ vod }: Account, watermarkId: string, fail: (code: 'NoSuchResource', refusal: Refusal) => never): Watermark =>
  vod.watermarks.get(watermarkId) ?? fail('NoSuchResource', { param: 'WatermarkId', reason: 'is not the id of a watermark' })

function readConfig(
  type: Watermark['type'],
  document: object,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): Pick<Watermark, 'image' | 'text'> {
  const param = 'WatermarkConfig'
  return type === 'Image'
    ? { image: readStructure(imageWatermarkConfig, document, param, fail) }
    : { text: readStructure(textWatermarkConfig, document, param, fail) }
}

const watermarkInfo = z.object({
  WatermarkId: z.string(),
  Name: z.string(),
  Type: z.string(),
  IsDefault: z.string(),
  /** Signed; of an image watermark only. */
  FileUrl: z.string().optional(),
  /** JSON. */
  WatermarkConfig: z.string(),
  CreationTime: z.string(),
})

function infoOf(account: Account, watermark: Watermark): z.input<typeof watermarkInfo> {
  const { watermarkId, name, type, isDefault, file, image, text, createdAt } = watermark
  const domain = account.playDomains.choose()
  return {
    WatermarkId: watermarkId,
    Name: name,
    Type: type,
    IsDefault: isDefault ? 'Default' : 'NotDefault',
    FileUrl: file && playUrl(account, file, { domain }),
    WatermarkConfig: JSON.stringify(image ?? text),
    CreationTime: toUtcSeconds(createdAt),
  }
}

const watermarkOfApp = watermarkInfo.extend({ AppId: z.string() })

export const addWatermark = vod.action('AddWatermark', {
  summary: 'Creates a watermark: an image that has been uploaded, or a text.',
  source: 'VOD manual 8.4.1',
  limit: perSecond(10),
  input: () => ({
    Name: name(),
    Type: oneOf(watermarkTypes),
    WatermarkConfig: watermarkConfig(),
    /** Address in OSS of an image; without effect for a text. */
    FileUrl: url().optional(),
    AppId: appId(),
  }),
  output: () => z.object({ WatermarkInfo: watermarkInfo }),
  errors: {
    ...watermarkErrors,
    // The manual has it for the watermarks of a template; nothing else says that there are too many.
    WatermarkExceededMax: { status: 400, message: 'The watermark size exceeded maximum.' },
  },
  run({ input: { Name, Type, WatermarkConfig, FileUrl, AppId }, account, fail }) {
    const { clock, vod } = account
    if (vod.watermarks.count >= MAX_WATERMARKS)
      fail('WatermarkExceededMax', { reason: `the account has ${MAX_WATERMARKS} watermarks, which is all it may have` })
    const config = readConfig(Type, WatermarkConfig, fail)
    const file = Type === 'Image' ? imageFile(account, FileUrl, fail) : undefined
    const watermark = vod.watermarks.put({
      watermarkId: newId(account),
      name: Name,
      type: Type,
      isDefault: false,
      file,
      ...config,
      appId: AppId,
      createdAt: clock.now(),
    })
    return { WatermarkInfo: infoOf(account, watermark) }
  },
})

export const updateWatermark = vod.action('UpdateWatermark', {
  summary: 'Changes the name of a watermark and how it looks, but not its type and its image.',
  source: 'VOD manual 8.4.2',
  limit: perSecond(2),
  input: () => ({
    WatermarkId: id(),
    /** Mandatory in the manual, and optional in the interface; left out, it stays. */
    Name: name().optional(),
    WatermarkConfig: watermarkConfig(),
  }),
  output: () => z.object({ WatermarkInfo: watermarkInfo }),
  // The manual has no errors for this Action; the others have this one.
  errors: watermarkErrors,
  run({ input: { WatermarkId, Name, WatermarkConfig }, account, fail }) {
    const former = watermarkNamed(account, WatermarkId, fail)
    const config = readConfig(former.type, WatermarkConfig, fail)
    const watermark = account.vod.watermarks.update(WatermarkId, (draft) => {
      Object.assign(draft, config, { name: Name ?? draft.name })
    })
    return { WatermarkInfo: infoOf(account, watermark ?? former) }
  },
})

export const deleteWatermark = vod.action('DeleteWatermark', {
  summary: 'Deletes a watermark and its image; templates that name it go on without it.',
  source: 'VOD manual 8.4.3',
  limit: perSecond(5),
  input: () => ({ WatermarkId: id() }),
  output: () => z.object({}),
  errors: watermarkErrors,
  run({ input: { WatermarkId }, account, fail }) {
    const watermark = watermarkNamed(account, WatermarkId, fail)
    // The manual forbids it, and has no code for it.
    if (watermark.isDefault)
      fail('Forbidden', {
        param: 'WatermarkId',
        reason: 'is the id of the default watermark; SetDefaultWatermark can make another one the default',
      })
    account.vod.watermarks.delete(WatermarkId)
    deleteFileOf(account, watermark)
    return {}
  },
})

export const setDefaultWatermark = vod.action('SetDefaultWatermark', {
  summary: 'Makes a watermark the default of its app, in place of the one that was.',
  source: 'VOD manual 8.4.4',
  limit: perSecond(2),
  input: () => ({ WatermarkId: id() }),
  output: () => z.object({}),
  errors: watermarkErrors,
  run({ input: { WatermarkId }, account, fail }) {
    makeDefault(account.vod.watermarks, watermarkNamed(account, WatermarkId, fail))
    return {}
  },
})

export const getWatermark = vod.action('GetWatermark', {
  summary: 'Answers a watermark.',
  source: 'VOD manual 8.4.5',
  limit: perSecond(10),
  input: () => ({ WatermarkId: id() }),
  output: () => z.object({ WatermarkInfo: watermarkOfApp }),
  errors: watermarkErrors,
  run({ input: { WatermarkId }, account, fail }) {
    const watermark = watermarkNamed(account, WatermarkId, fail)
    return { WatermarkInfo: { ...infoOf(account, watermark), AppId: watermark.appId } }
  },
})

export const listWatermark = vod.action('ListWatermark', {
  summary: 'Lists the watermarks of an app, newest first.',
  source: 'VOD manual 8.4.6',
  limit: perSecond(10),
  input: () => ({ AppId: appId() }),
  output: () => z.object({ WatermarkInfos: inAnyOrder(z.array(watermarkOfApp)) }),
  run({ input: { AppId }, account }) {
    const { rows } = account.vod.watermarks.list({ by: { app: AppId }, descending: true })
    return { WatermarkInfos: rows.map((watermark) => ({ ...infoOf(account, watermark), AppId: watermark.appId })) }
  },
})
