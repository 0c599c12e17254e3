/** Settings of functions on their way to the nodes of a domain. */

import type { Account } from '../../../../account/types.js'
import type { Job } from '../../../../jobs/job.js'
import type { JobKind } from '../../../../jobs/kind.js'
import { configId } from '../../shared/domains/declared.js'
import type { Domain, DomainConfig } from '../../shared/domains/domain.js'
import { newId } from '../../shared/media/new-id.js'
import { settableFunctions } from './functions.js'
import type { ConfigFault, WantedConfig } from './read.js'

/** Settings that a domain may have, and characters of all their arguments. The manual sets no limit. */
const MAX_CONFIGS = 200
const MAX_CHARACTERS = 262_144

/** Brings what was set of a domain to its nodes. */
export const configuration: JobKind = {
  name: 'vod.BatchSetVodDomainConfigs',
  stages: [
    {
      name: 'Configuring',
      duration: '1s',
      work(account, job) {
        changeConfigs(account, job, (config) => {
          config.status = 'testing'
        })
        return undefined
      },
    },
    { name: 'Testing', duration: '1s' },
  ],
  timeout: '1h',
  attempts: 1,
  failsIn: ['Testing', 'Configuring'],
  failure: { code: 'ConfigureFailed', message: 'The nodes cannot be configured.' },
  faultParams: { DomainNames: (_account, { input }) => String(input.domainName) },
  work: () => ({ result: null }),
  ended(account, job) {
    const isSet = job.ending === 'succeeded'
    changeConfigs(account, job, (config, draft) => {
      config.status = isSet ? 'success' : 'failed'
      config.jobId = undefined
      // Of what has failed, the nodes go by what they had before.
      if (!isSet) return
      config.inForce = config.args
      // Of two that exclude each other, the one that was set last holds, once it is there.
      const { excludes } = settableFunctions[config.functionName] ?? {}
      draft.configs = draft.configs.filter(({ functionName, jobId }) => functionName !== excludes || jobId !== undefined)
    })
  },
}

/** Changes those settings of a job's domain that have not been set anew since. */
function changeConfigs({ playDomains }: Account, { id, input }: Job, change: (config: DomainConfig, draft: Domain) => void): void {
  playDomains.update(String(input.domainName), (draft) => {
    for (const config of draft.configs.filter(({ jobId }) => jobId === id)) change(config, draft)
  })
}

/** Sets functions of a domain; they are in force after a while. */
export async function setConfigs(account: Account, { name }: Domain, wanted: readonly WantedConfig[]): Promise<void> {
  const jobId = newId(account)
  account.playDomains.update(name, (draft) => {
    for (const each of wanted) setConfig(draft, each, jobId)
    draft.modifiedAt = account.clock.now()
  })
  await account.jobs.start(configuration, jobId, { domainName: name })
}

function setConfig(draft: Domain, wanted: WantedConfig, jobId: string): void {
  const { functionName, args } = wanted
  const former = configFor(draft, wanted)
  if (former) Object.assign(former, { args, status: 'configuring', jobId })
  else draft.configs.push({ configId: configId(++draft.configsMade), functionName, args, status: 'configuring', jobId })
}

/** The setting that another takes the place of. */
function configFor({ configs }: Domain, { functionName, args, configId: wanted }: WantedConfig): DomainConfig | undefined {
  const { several } = settableFunctions[functionName] ?? {}
  const ofFunction = configs.filter((config) => config.functionName === functionName)
  if (wanted !== undefined) return ofFunction.find((config) => config.configId === wanted)
  if (several === undefined) return ofFunction[0]
  return several === true ? undefined : ofFunction.find((config) => config.args[several] === args[several])
}

/** What stands in the way of settings on one of the domains; `undefined` if nothing does. */
export function objectionTo({ name, configs }: Domain, wanted: readonly WantedConfig[]): ConfigFault | undefined {
  for (const [index, { functionName, args, configId: id }] of wanted.entries()) {
    const there = configs.find((config) => config.configId === id)
    if (id !== undefined && there?.functionName !== functionName)
      return {
        code: 'InvalidFunctions.Malformed',
        reason: `at ${index}.configId: ${name} has no setting ${id.slice(0, 40)} of ${functionName}`,
      }
    // Names of rules are unique within a domain.
    const names = [...configs.filter((config) => config.configId !== id), ...wanted.slice(0, index)]
    if (functionName === 'tmd_signature' && names.some((each) => each.functionName === functionName && each.args.name === args.name))
      return { code: 'InvalidArgValue.Malformed', reason: `at ${index}.functionArgs: ${name} has a rule of the name ${args.name} already` }
  }
  if (configs.length + wanted.length > MAX_CONFIGS)
    return { code: 'InvalidFunctions.Malformed', reason: `would make more than ${MAX_CONFIGS} settings of ${name}` }
  const characters = [...configs, ...wanted].flatMap(({ args }) => Object.values(args)).reduce((sum, value) => sum + value.length, 0)
  return characters > MAX_CHARACTERS
    ? { code: 'InvalidFunctions.Malformed', reason: `would make more than ${MAX_CHARACTERS} characters of settings of ${name}` }
    : undefined
}
