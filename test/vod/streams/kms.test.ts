import { describe, expect, onTestFinished, test } from 'vitest'
import { openApi, popCore, type SdkCall, testEmulator } from '../../support/sdk.js'
import { misfits, type Shape } from '../../support/shape.js'
import { vodWorld } from '../support.js'

const shapes: Record<string, Shape> = {
  GenerateKMSDataKey: { CiphertextBlob: 'string', KeyId: 'string', Plaintext: 'string' },
  DecryptKMSDataKey: { KeyId: 'string', Plaintext: 'string' },
}

test.each([
  ['openapi-client', (target: Parameters<typeof openApi>[0]) => openApi(target, 'query')],
  ['pop-core', (target: Parameters<typeof popCore>[0]) => popCore(target, 'POST')],
] as const)('answers have the nesting and kinds that %s reads', async (_name, connect) => {
  const emulator = await testEmulator()
  onTestFinished(() => emulator.close())
  const call: SdkCall = connect({ url: emulator.url, key: KEY, version: '2017-03-21' })
  const made = await call('GenerateKMSDataKey')
  const read = await call('DecryptKMSDataKey', { CipherText: made.CiphertextBlob })
  for (const [action, answer] of [
    ['GenerateKMSDataKey', made],
    ['DecryptKMSDataKey', read],
  ] as const)
    expect(misfits(answer, { ...(shapes[action] as object), RequestId: 'string' } as Shape), action).toEqual([])
  expect([read.Plaintext, read.KeyId]).toEqual([made.Plaintext, made.KeyId])
})

const KEY = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

describe('a data key', () => {
  test('is one of AES-128, and another with each call', async () => {
    const { call } = vodWorld()
    const keys = [(await call('GenerateKMSDataKey')).body, (await call('GenerateKMSDataKey')).body]
    for (const { Plaintext } of keys) expect(Buffer.from(Plaintext, 'base64')).toHaveLength(16)
    expect(new Set(keys.flatMap(({ Plaintext, CiphertextBlob }) => [Plaintext, CiphertextBlob])).size).toBe(4)
    expect(keys[0].KeyId).toBe(keys[1].KeyId)
    expect(keys[0].KeyId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('begins with the id of its master key, as those of the service do', async () => {
    const { CiphertextBlob, KeyId } = (await vodWorld().call('GenerateKMSDataKey')).body
    expect(Buffer.from(CiphertextBlob, 'base64').toString('latin1', 0, 36)).toBe(KeyId)
  })

  test.each([
    ['a fork', ({ account }: ReturnType<typeof vodWorld>) => account.fork()],
    [
      'an account that has taken over the state',
      async ({ account, cloud }: ReturnType<typeof vodWorld>) => {
        const other = cloud.createAccount()
        await other.import(await account.export({ bytes: 'inline' }))
        return other
      },
    ],
    [
      'an account that was reset',
      async ({ account }: ReturnType<typeof vodWorld>) => {
        await account.reset()
        return account
      },
    ],
  ])('is known in %s', async (_where, copy) => {
    const world = vodWorld()
    const { CiphertextBlob, Plaintext } = (await world.call('GenerateKMSDataKey')).body
    const account = await copy(world)
    expect((await world.call('DecryptKMSDataKey', { CipherText: CiphertextBlob }, { account })).body.Plaintext).toBe(Plaintext)
  })
})

describe('DecryptKMSDataKey refuses', () => {
  test.each<[what: string, change: (ciphertext: string, other: string) => string]>([
    ['what is no Base64', () => '!'],
    ['what is too short', (ciphertext) => ciphertext.slice(0, 100)],
    ['what was changed', (ciphertext) => Buffer.from(ciphertext, 'base64').fill(1, 70, 72).toString('base64')],
    ["another account's", (_ciphertext, other) => other],
  ])('%s', async (_what, change) => {
    const { call, refusal, cloud } = vodWorld()
    const { CiphertextBlob } = (await call('GenerateKMSDataKey')).body
    const other = (await call('GenerateKMSDataKey', {}, { account: cloud.createAccount() })).body.CiphertextBlob
    expect(await refusal('DecryptKMSDataKey', { CipherText: change(CiphertextBlob, other) })).toMatchObject({
      status: 400,
      code: 'InvalidParameter',
      message: 'The specified parameter "CipherText" is not valid.',
      reason: expect.stringMatching(/\w/),
    })
  })

  test('a call without it', async () => {
    expect(await vodWorld().refusal('DecryptKMSDataKey')).toMatchObject({ status: 400, code: 'MissingParameter' })
  })
})
