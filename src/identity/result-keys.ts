/** The keys with which the services sign the URLs of an account's results. */

import { z } from 'zod'
import { definePart } from '../account/part.js'
import type { State } from '../state/state.js'

const keySchema = z.strictObject({ accessKeyId: z.string(), accessKeySecret: z.string() })

type ResultKey = z.output<typeof keySchema>

/** Keys of others that an account goes on to know. */
const MAX_INHERITED = 20

const keysSchema = z.array(keySchema).max(1 + MAX_INHERITED)

/** Where the keys are registered, so that a URL leads to its account. */
export interface SignerDirectory {
  add: (accessKeyId: string) => void
  remove: (accessKeyId: string) => void
}

/** An account's own key, and those of the accounts that its state comes from: URLs that they have handed out are good here too. */
export class ResultKeys {
  #inherited: readonly ResultKey[] = []

  constructor(
    state: State,
    readonly own: ResultKey,
    private readonly directory: SignerDirectory,
  ) {
    directory.add(own.accessKeyId)
    state.cell(
      'resultKeys',
      keysSchema,
      () => [own, ...this.#inherited],
      (keys) => {
        this.#inherited = keys.filter(({ accessKeyId }) => accessKeyId !== own.accessKeyId).slice(0, MAX_INHERITED)
        for (const { accessKeyId } of this.#inherited) directory.add(accessKeyId)
      },
    )
  }

  /** The key of this id, if the account knows it. */
  get(accessKeyId: string): ResultKey | undefined {
    return this.own.accessKeyId === accessKeyId ? this.own : this.#inherited.find((key) => key.accessKeyId === accessKeyId)
  }

  /** From now on the keys lead nowhere. */
  dispose(): void {
    for (const { accessKeyId } of [this.own, ...this.#inherited]) this.directory.remove(accessKeyId)
  }
}

export const resultKeysPart = definePart({
  name: 'resultKeys',
  create: (account) =>
    new ResultKeys(account.state, account.identity.resultKey, {
      add: (accessKeyId) => account.cloud.keys.addSigner(account, accessKeyId),
      remove: (accessKeyId) => account.cloud.keys.removeSigner(account, accessKeyId),
    }),
  dispose: ({ resultKeys }) => resultKeys.dispose(),
})
