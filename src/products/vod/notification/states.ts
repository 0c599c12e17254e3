/** States of receivers of event notifications. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'

const params = z.looseObject({}).describe('parameters of SetMessageCallback, instead of those that this takes')

const httpCallback = defineProviderState({
  name: 'an HTTP callback',
  means: 'All events are posted to a URL, and signed.',
  params,
  async apply({ call }, _words, given) {
    await call('vod.SetMessageCallback', {
      CallbackType: 'HTTP',
      CallbackURL: 'http://receiver.example.com/vod',
      EventTypeList: 'ALL',
      AuthSwitch: 'on',
      AuthKey: 'Secret123',
      ...given,
    })
    return {}
  },
})

const mnsQueue = defineProviderState({
  name: 'an MNS queue',
  means: 'All events are put into a queue.',
  params,
  async apply({ account: { accountId }, call }, _words, given) {
    await call('vod.SetMessageCallback', {
      CallbackType: 'MNS',
      MnsEndpoint: `http://${accountId}.mns.cn-shanghai.aliyuncs.com/`,
      MnsQueueName: 'vod-events',
      EventTypeList: 'ALL',
      ...given,
    })
    return {}
  },
})

export const notificationStates: readonly ProviderState[] = [httpCallback, mnsQueue]
