/** Global configuration: event notification and cross-domain policy (VOD manual 16). */

import { XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import { paramType, Violated } from '../../../params/param-type.js'
import { oneOf, text } from '../../../params/scalars.js'
import { url } from '../../../params/structures.js'
import { eventSwitches } from '../shared/notification/switches.js'
import { appId } from '../shared/service/app-id.js'
import { vod } from '../shared/service/service.js'
import { findStorage } from '../shared/storage/storages.js'

const MAX_URL_BYTES = 256

const MAX_CONTENT_CHARACTERS = 2048

const MAX_KEY_CHARACTERS = 32

const authKey = (): z.ZodType<string, string> =>
  paramType({ type: 'String', maxLength: MAX_KEY_CHARACTERS, lengthUnit: 'characters' }, (value) => {
    if (value.length > MAX_KEY_CHARACTERS)
      return new Violated('length', `has ${value.length} characters, and at most ${MAX_KEY_CHARACTERS} are allowed`)
    const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value)
    return mixed ? value : new Violated('value', 'must hold upper case letters, lower case letters and digits')
  })

/** One http or https address. */
const callbackUrl = (): z.ZodType<string, string> =>
  paramType({ type: 'String', format: 'url', maxLength: MAX_URL_BYTES, lengthUnit: 'bytes' }, (value) => {
    const bytes = Buffer.byteLength(value)
    if (bytes > MAX_URL_BYTES) return new Violated('length', `has ${bytes} bytes, and at most ${MAX_URL_BYTES} are allowed`)
    if (/[,;|\s]https?:/i.test(value)) return new Violated('url', 'holds several addresses, and only one is allowed')
    return /^https?:/i.test(value) && URL.canParse(value) ? value : new Violated('url', 'is not an absolute http or https URL')
  })

/** An XML document. */
const xml = (): z.ZodType<string, string> =>
  paramType({ type: 'String', maxLength: MAX_CONTENT_CHARACTERS, lengthUnit: 'characters' }, (value) => {
    const length = [...value].length
    if (length > MAX_CONTENT_CHARACTERS)
      return new Violated('length', `has ${length} characters, and at most ${MAX_CONTENT_CHARACTERS} are allowed`)
    const valid = XMLValidator.validate(value)
    return valid === true ? value : new Violated('format', `is not XML: ${valid.err.msg} (line ${valid.err.line})`)
  })

/** Nothing, ALL, or names separated by commas. */
const eventTypeList = (): z.ZodType<string, string> =>
  paramType({ type: 'String', format: 'list', separator: ',', enum: ['ALL', ...eventSwitches], allowEmpty: true }, (value) => {
    if (value === '' || value === 'ALL') return value
    const names = [...new Set(value.split(',').map((name) => name.trim()))]
    const unknown = names.find((name) => !eventSwitches.some((known) => known === name))
    if (unknown === undefined) return names.join(',')
    const hint = /^AI/.test(unknown) ? '; all events of AI jobs go by the name AIComplete' : ''
    return new Violated('value', `holds "${unknown.slice(0, 60)}", which is none of ${eventSwitches.join(', ')}, nor ALL alone${hint}`)
  })

export const setMessageCallback = vod.action('SetMessageCallback', {
  summary: 'Sets where event notifications of an app go, and which there are.',
  source: 'VOD manual 16.1.1',
  limit: perSecond(15),
  input: () => ({
    CallbackType: oneOf(['HTTP', 'MNS']).default('HTTP'),
    // The manual marks it mandatory and describes it as needed for HTTP; the interface has it optional.
    CallbackURL: callbackUrl().optional(),
    // Left out is taken for empty: the manual tells what a value does, and that an empty one turns everything off.
    EventTypeList: eventTypeList().default(''),
    AuthSwitch: oneOf(['on', 'off']).optional(),
    AuthKey: authKey().optional(),
    MnsEndpoint: url().optional(),
    MnsQueueName: text({ maxLength: 256, ownLimit: true }).optional(),
    AppId: appId(),
  }),
  output: () => z.object({}),
  run({ input, account, fail }) {
    const { CallbackType, CallbackURL, EventTypeList, AuthSwitch, AuthKey, MnsEndpoint, MnsQueueName, AppId } = input
    const needed = CallbackType === 'HTTP' ? { CallbackURL } : { MnsEndpoint, MnsQueueName }
    for (const [param, value] of Object.entries(needed))
      if (value === undefined) fail('MissingParameter', { param, reason: `must be given when CallbackType is ${CallbackType}` })
    account.vod.callbacks.put({
      appId: AppId,
      type: CallbackType,
      eventTypes: EventTypeList,
      url: CallbackURL,
      authSwitch: AuthSwitch,
      authKey: AuthKey,
      mnsEndpoint: MnsEndpoint,
      mnsQueueName: MnsQueueName,
    })
    return {}
  },
})

export const getMessageCallback = vod.action('GetMessageCallback', {
  summary: 'Answers where event notifications of an app go, and which there are.',
  source: 'VOD manual 16.1.2',
  limit: perSecond(10),
  input: () => ({ AppId: appId() }),
  output: () =>
    z.object({
      MessageCallback: z.object({
        CallbackType: z.string().optional(),
        CallbackURL: z.string().optional(),
        EventTypeList: z.string().optional(),
        AuthSwitch: z.string().optional(),
        AuthKey: z.string().optional(),
        MnsEndpoint: z.string().optional(),
        MnsQueueName: z.string().optional(),
        AppId: z.string(),
      }),
    }),
  run({ input: { AppId }, account }) {
    const callback = account.vod.callbacks.get(AppId)
    // The manual has no error for an app without settings.
    if (callback === undefined) return { MessageCallback: { AppId } }
    return {
      MessageCallback: {
        CallbackType: callback.type,
        CallbackURL: callback.url,
        EventTypeList: callback.eventTypes,
        AuthSwitch: callback.authSwitch,
        AuthKey: callback.authKey,
        MnsEndpoint: callback.mnsEndpoint,
        MnsQueueName: callback.mnsQueueName,
        AppId,
      },
    }
  },
})

export const deleteMessageCallback = vod.action('DeleteMessageCallback', {
  summary: 'Deletes where event notifications of an app go; there are none from then on.',
  source: 'VOD manual 16.1.3',
  limit: perSecond(10),
  // The manual marks it mandatory and has a default for it; the interface has it optional.
  input: () => ({ AppId: appId() }),
  output: () => z.object({}),
  run({ input: { AppId }, account }) {
    account.vod.callbacks.delete(AppId)
    return {}
  },
})

export const setCrossdomainContent = vod.action('SetCrossdomainContent', {
  summary: 'Replaces the crossdomain.xml of a storage.',
  source: 'VOD manual 16.2.1',
  limit: perSecond(10),
  input: () => ({ Content: xml(), StorageLocation: text(), ResourceRealOwnerId: text().optional() }),
  output: () => z.object({}),
  // The chapter has no error table; this is what VOD answers elsewhere to a StorageLocation that the account does not have (manual 5.1).
  errors: { 'InvalidStorage.NotFound': { status: 404, message: 'The StorageLocation does not exist.' } },
  async run({ input: { Content, StorageLocation, ResourceRealOwnerId }, account, fail }) {
    if (ResourceRealOwnerId !== undefined && ResourceRealOwnerId !== account.accountId)
      fail('Forbidden', { param: 'ResourceRealOwnerId', reason: `names another account; this one is ${account.accountId}` })
    const { oss } = account
    const host = StorageLocation.toLowerCase()
    const bucket =
      findStorage(account, host)?.bucket ??
      oss.buckets.find(({ name, region }) => host === `${name}.oss-${region}.aliyuncs.com`)?.name ??
      fail('InvalidStorage.NotFound', { param: 'StorageLocation', reason: 'is not the host of a bucket of the account' })
    // Players read it without a signature.
    const attributes = { contentType: 'text/xml', publicRead: true }
    await oss.putObject(bucket, 'crossdomain.xml', Buffer.from(Content), attributes)
    return {}
  },
})
