/** What the tests of scenarios share: a folder of scenarios of the test's own. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { testCloud } from '../support/cloud.js'

/** What a file writes for a value that is known only when the scenario is applied. */
export const placeholder = (name: string): string => `\${${name}}`

/** A folder with scenarios by name: each is written as JSON, or as the text that it is. It goes when the test ends. */
export function scenarioFolder(scenarios: Record<string, object | string>) {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, content: object | string): string => {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify({ description: `is ${name}`, ...content }))
    return path
  }
  for (const [name, content] of Object.entries(scenarios)) write(name, content)
  return { folder, write }
}

/** A cloud whose user has these scenarios. */
export function scenarioWorld(scenarios: Record<string, object | string>) {
  const { folder, write } = scenarioFolder(scenarios)
  const world = testCloud({ scenarios: folder })
  onTestFinished(() => world.cloud.dispose())
  const { account } = world
  /** Everything that applying a scenario could have changed. */
  const everything = async () => ({
    state: await account.export(),
    inForce: account.scenarios.inForce,
    keys: [...account.ram.pairs()].length,
    calls: account.log.all().length,
  })
  return {
    ...world,
    folder,
    write,
    everything,
    apply: account.scenarios.apply.bind(account.scenarios),
    end: account.scenarios.end.bind(account.scenarios),
  }
}
