/** BatchSetVodDomainConfigs, DescribeVodDomainConfigs, DeleteVodSpecificConfig (VOD manual 13.4.1 to 13.4.3). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { text } from '../../../../params/scalars.js'
import { csv } from '../../../../params/structures.js'
import { vod } from '../../shared/service/service.js'
import { domainNamed, knownDomain, knownDomains, notFound } from '../common/errors.js'
import { configuration, objectionTo, setConfigs } from './apply.js'
import { isFunction } from './functions.js'
import { functions, readFunctions, unknownFunction } from './read.js'

const functionNameError = {
  'InvalidFunctionName.ValueNotSupported': { status: 400, message: 'FunctionName %s is not supported.' },
}

export const batchSetVodDomainConfigs = vod.action('BatchSetVodDomainConfigs', {
  summary: 'Sets configuration functions of domains: who may play, how long files are kept, and so on.',
  source: 'VOD manual 13.4.1',
  limit: perSecond(30),
  input: () => ({ DomainNames: knownDomains(), Functions: functions() }),
  output: () => z.object({}),
  errors: {
    'InvalidFunctions.Malformed': { status: 400, message: 'Specified Functions is malformed.' },
    ...functionNameError,
    'InvalidArgName.ValueNotSupported': { status: 400, message: 'ArgName %s is not supported.' },
    'InvalidArgValue.Malformed': { status: 400, message: 'Specified ArgValue is malformed.' },
    ...notFound,
  },
  job: configuration,
  async run({ input: { DomainNames, Functions }, account, fail }) {
    const read = readFunctions(Functions)
    if ('fault' in read) return fail(read.fault.code, { ...read.fault, param: 'Functions' })
    const domains = [...new Set(DomainNames.map((name) => domainNamed(account, name, fail, 'DomainNames')))]
    const fault = domains.map((domain) => objectionTo(domain, read.configs)).find((each) => each !== undefined)
    if (fault) return fail(fault.code, { ...fault, param: 'Functions' })
    for (const domain of domains) await setConfigs(account, domain, read.configs)
    return {}
  },
})

export const describeVodDomainConfigs = vod.action('DescribeVodDomainConfigs', {
  summary: 'Tells what is set of functions of a domain, and whether it is in force yet.',
  source: 'VOD manual 13.4.2',
  limit: perSecond(30),
  input: () => ({ DomainName: knownDomain(), FunctionNames: csv(text({ maxLength: 100 }), { maxItems: 100, ownLimit: true }) }),
  output: () =>
    z.object({
      DomainConfigs: z.object({
        DomainConfig: inAnyOrder(
          z.array(
            z.object({
              ConfigId: z.string(),
              FunctionName: z.string(),
              FunctionArgs: z.object({ FunctionArg: inAnyOrder(z.array(z.object({ ArgName: z.string(), ArgValue: z.string() }))) }),
              Status: z.string(),
            }),
          ),
        ),
      }),
    }),
  errors: {
    DeleteFunctionFailed: {
      status: 400,
      message: 'Batch delete functions failed.',
      faultOnly: 'The Action deletes nothing.',
    },
    ...functionNameError,
    ...notFound,
  },
  run({ input: { DomainName, FunctionNames }, account, fail }) {
    const unknown = FunctionNames.find((name) => !isFunction(name))
    if (unknown !== undefined) {
      const { code: _, ...refusal } = unknownFunction(unknown, `names ${unknown}, which is no function`)
      fail('InvalidFunctionName.ValueNotSupported', { ...refusal, param: 'FunctionNames' })
    }
    const { configs } = domainNamed(account, DomainName, fail)
    const found = configs.filter(({ functionName }) => FunctionNames.includes(functionName))
    return {
      DomainConfigs: {
        DomainConfig: found.map(({ configId, functionName, args, status }) => ({
          ConfigId: configId,
          FunctionName: functionName,
          FunctionArgs: { FunctionArg: Object.entries(args).map(([ArgName, ArgValue]) => ({ ArgName, ArgValue })) },
          Status: status,
        })),
      },
    }
  },
})

export const deleteVodSpecificConfig = vod.action('DeleteVodSpecificConfig', {
  summary: 'Deletes one setting of a configuration function of a domain, at once.',
  source: 'VOD manual 13.4.3',
  limit: perSecond(10),
  input: () => ({ DomainName: knownDomain(), ConfigId: text({ maxLength: 64, ownLimit: true }) }),
  output: () => z.object({}),
  errors: {
    MissingParameter: { status: 400, message: 'The specified value of parameter {param} can not be empty.' },
    // The manual leaves the place of the name open in the code; it is that of the other Actions.
    'InvalidFunctionName.ValueNotSupported': { status: 400, message: 'FunctionName [%s] is not supported.' },
    ...notFound,
  },
  run({ input: { DomainName, ConfigId }, account, fail }) {
    const { name, configs } = domainNamed(account, DomainName, fail)
    if (!configs.some(({ configId }) => configId === ConfigId))
      fail('InvalidFunctionName.ValueNotSupported', {
        param: 'ConfigId',
        message: `FunctionName [${ConfigId}] is not supported.`,
        reason: `is not the id of a setting of ${name}`,
      })
    account.playDomains.update(name, (draft) => {
      draft.configs = draft.configs.filter(({ configId }) => configId !== ConfigId)
      draft.modifiedAt = account.clock.now()
    })
    return {}
  },
})
