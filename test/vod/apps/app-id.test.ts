/** AppId, in every Action that has it: of no app, malformed, closed to who calls, and disabled. */

import { expect, test } from 'vitest'
import { paramsOf } from '../../../contracts/format/examples.js'
import { builtIn } from '../../../src/cloud/definition.js'
import { SYSTEMS, twoApps } from './support.js'

/** Actions in which the app is what a call is about have codes of their own: see refusals.test.ts. */
const ABOUT_APPS = /App/

const actions = builtIn.catalogue.actions
  .filter(({ service, name, input }) => service.name === 'vod' && 'AppId' in input && !ABOUT_APPS.test(name))
  .map((action) => ({ action: action.name, example: paramsOf(action) }))

const looksUp = (action: string): boolean => /^(Get|List|Describe|Search)/.test(action)

test('there are Actions to try', () => expect(actions.length).toBeGreaterThan(5))

test.each(actions)('$action', async ({ action, example: { AppId: _, ...params } }) => {
  const { call, refusal, filmmaker, critic, films, news } = await twoApps()
  const to = (AppId: string) => ({ ...params, AppId })
  for (const AppId of ['app-7654321', 'app_1', 'APP-1000000', `app-${'1'.repeat(33)}`, '__proto__'])
    expect(await refusal(action, to(AppId))).toMatchObject({
      status: 400,
      code: 'InvalidParameter',
      message: expect.stringContaining('AppId'),
    })
  const forbidden = { status: 403, code: 'Forbidden', message: 'User not authorized to operate on the specified resource.' }
  expect(await filmmaker.refusal(action, to(news))).toMatchObject(forbidden)
  expect(await filmmaker.refusal(action, to(SYSTEMS))).toMatchObject(forbidden)
  expect(await filmmaker.refusal(action, params)).toMatchObject(forbidden)
  if (!looksUp(action)) expect(await critic.refusal(action, to(films))).toMatchObject(forbidden)

  await call('UpdateAppInfo', { AppId: films, Status: 'Disable' })
  const disabled = await refusal(action, to(films))
  if (looksUp(action) || action.startsWith('Delete')) expect(disabled.status).toBe(200)
  else expect(disabled).toMatchObject(forbidden)
})
