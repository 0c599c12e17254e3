/** What a contract about data keys needs. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../../product/provider-state.js'

const dataKey = defineProviderState({
  name: 'a data key',
  means: 'GenerateKMSDataKey has been called.',
  params: z.strictObject({}),
  gives: { CipherText: 'what stands for the key' },
  meantFor: ['CipherText'],
  async apply({ call }) {
    return { values: { CipherText: (await call('vod.GenerateKMSDataKey', {})).CiphertextBlob } }
  },
})

export const kmsStates: readonly ProviderState[] = [dataKey]
