/**
 * Every Action of VOD keeps to apps, those that come later, too: each is called as its contract says, by a user who has full access to another app
 * and to nothing else. What there is stays as it is, and nothing of it is answered.
 */

import { expect, onTestFinished, test } from 'vitest'
import { pactsOf } from '../../../contracts/index.js'
import { applyStates } from '../../../contracts/states/index.js'
import { builtIn } from '../../../src/cloud/definition.js'
import { type Account, createCloud } from '../../../src/index.js'
import type { AppRule } from '../../../src/products/vod/shared/apps/rule.js'
import { sign } from '../../../src/signing/sign.js'

const { interactions } = pactsOf({ catalogue: builtIn.catalogue, providerStates: builtIn.states }).get('vod') ?? { interactions: [] }

/** Calls that succeed when the account itself makes them, given something. */
const calls = interactions
  .filter(({ response, providerStates = [] }) => response.status === 200 && providerStates.length > 0)
  .map((interaction) => ({ ...interaction, action: interaction.request.query.Action?.[0] ?? '' }))

/** Parameters that name media, and what belongs to them. */
const MEDIA = /^(?:(?:Video|Media|Image|Job|Resource|DynamicImage|AIImageInfo)Ids?|TranscodeTaskId|MediaRefreshJobId|ImageURLs)$/

/** Actions that are about things of no app, and answer what they were given. */
const ofNoApp = ['GetEditingProject']

test('every Action that takes ids of media is called with some that there are', () => {
  const taking = builtIn.catalogue.actions.filter(
    ({ service, input }) => service.name === 'vod' && Object.keys(input).some((name) => MEDIA.test(name)),
  )
  const given = calls.filter(({ request }) => Object.keys(request.generators?.query ?? {}).some((name) => MEDIA.test(name)))
  expect(taking.map(({ name }) => name).filter((name) => !given.some(({ action }) => action === name))).toEqual([])
})

/** Members of answers that hold ids of what somebody may not see or change. */
const LEFT_OUT = /^(?:NonExist\w*|Forbidden\w*|Failed\w*|UnRemoveableVideoIds)$/

type Row = Record<string, unknown>

/** Records that belong to an app, by collection and key; what all apps may use is left out of what may not be seen. */
function recordsOf(account: Account, ofUse: boolean): Map<string, Row> {
  const found = new Map<string, Row>()
  for (const [name, { definition }] of Object.entries(account.vod)) {
    const { app, keyOf } = definition as { app: AppRule<unknown> | null; keyOf: (row: unknown) => string }
    if (app === null || (app.usedByAll && !ofUse)) continue
    // Apps themselves, and what is set up for them, are not what a call is about.
    if (name === 'apps' || name === 'callbacks') continue
    for (const row of (account.vod[name as 'videos'].list().rows as Row[]) ?? []) found.set(`${name} ${keyOf(row)}`, row)
  }
  return found
}

/** Texts in an answer, each with the name of the member that it is in. */
function texts(value: unknown, member = ''): [member: string, text: string][] {
  if (typeof value !== 'object' || value === null) return [[member, String(value)]]
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, Array.isArray(value) || LEFT_OUT.test(member) ? member : name))
}

/** Prepares what a call is given, and makes it as a user of another app. */
async function callAsStranger({ request, providerStates = [] }: (typeof calls)[number]) {
  const cloud = createCloud({ clock: 'manual' })
  onTestFinished(() => cloud.close())
  const account = cloud.account()
  const { values = {} } = await applyStates(cloud, account, providerStates)
  const params = Object.fromEntries(Object.entries(request.query).map(([name, [value]]) => [name, value ?? '']))
  for (const name of Object.keys(request.generators?.query ?? {})) params[name] = values[name] ?? params[name] ?? ''
  const { Action: action = '', Version: version = '', ...rest } = params

  const send = async (Action: string, input: Record<string, string>, key = account.credentials) => {
    const { status, body } = await cloud.handle(sign('rpc', { host: '127.0.0.1', version, action: Action, params: input, key }))
    return { status, body: JSON.parse(String(body)) }
  }
  const { AppId } = (await send('CreateAppInfo', { Format: 'JSON', AppName: 'elsewhere' })).body
  account.ram.putUser('stranger', { allow: ['vod:*'] })
  const grant = { IdentityType: 'RamUser', IdentityName: 'stranger', PolicyNames: 'VODAppFullAccess', AppId }
  await send('AttachAppPolicyToIdentity', { Format: 'JSON', ...grant })

  const before = recordsOf(account, true)
  const hidden = [...recordsOf(account, false).keys()].map((key) => key.split(' ')[1] ?? '')
  const answer = await send(action, rest, account.ram.createAccessKey('stranger'))
  const after = recordsOf(account, true)
  return { answer, hidden, before, after }
}

test.each(calls.filter(({ action }) => !ofNoApp.includes(action)))('$action: $description', async (call) => {
  const { answer, hidden, before, after } = await callAsStranger(call)
  for (const [key, row] of before) expect(after.get(key), key).toEqual(row)
  expect(after.size).toBe(before.size)
  if (answer.status !== 200) expect(answer.body.Code).toMatch(/NotFound$|^NoSuchResource$|^Forbidden/)
  const told = texts(answer.body).filter(([member, text]) => !LEFT_OUT.test(member) && hidden.some((id) => text.includes(id)))
  expect(told.filter(([member]) => member !== 'Message')).toEqual([])
})
