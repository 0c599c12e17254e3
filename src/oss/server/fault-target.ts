/** Requests to OSS, as faults happen to them. */

import { didYouMean } from '../../base/nearest.js'
import { checkReply, type FaultTarget, refuseFault } from '../../faults/check.js'
import { ossErrors } from '../errors.js'
import { operationNames } from './operations.js'

export const objectTarget: FaultTarget = {
  isMeant: ({ oss }) => oss !== undefined,
  check({ service, action, when, custom, oss: effect }) {
    if (effect === undefined) return
    if (service !== undefined && service.pattern !== 'oss') refuseFault('service', 'requests to OSS are to no other service')
    if (action !== undefined) refuseFault('action', 'requests to OSS are matched with oss.operation')
    if (when !== undefined) refuseFault('when', 'requests to OSS are matched with oss.operation, oss.bucket, oss.key and oss.part')
    const { operation, part } = effect
    const operations = operationNames.filter((name) => operation === undefined || operation.test(name))
    if (operations.length === 0)
      refuseFault('oss.operation', `there is no operation ${operation}${didYouMean(operation?.pattern ?? '', operationNames)}`)
    if (part !== undefined && !operations.some((name) => name.startsWith('UploadPart')))
      refuseFault('oss.part', 'only UploadPart and UploadPartCopy have a part')
    if (effect.loseReply?.effectAfter !== undefined) refuseFault('oss.loseReply.effectAfter', 'a request to OSS takes effect at once')
    checkReply('oss.', effect, custom, [ossErrors], 'operation of OSS')
  },
}
