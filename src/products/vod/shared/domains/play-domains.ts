/** The play domains of an account. */

import { z } from 'zod'
import { definePart } from '../../../../account/part.js'
import type { Account } from '../../../../account/types.js'
import type { Collection } from '../../../../state/collection.js'
import { declaredDomain } from './declared.js'
import type { DomainDirectory } from './directory.js'
import { type Domain, domainSchema, isWildcard, serves, wildcardsOf } from './domain.js'
import { type PlayDomain, playDomainOf } from './play-domain.js'

export const domainRecords = { name: 'vod.domains', schema: domainSchema, keyOf: ({ name }: Domain) => name }

/** The play domains of one account. All changes go through it, or are made known by `publish`, so that the directory of the cloud knows of them. */
export class PlayDomains {
  readonly #records: Collection<typeof domainSchema>
  readonly #directory: DomainDirectory
  /** The names that the directory has of the account. */
  #published: ReadonlySet<string> = new Set()
  /** What of the settings is among the domains already, as JSON. */
  #declared = ''

  constructor(private readonly account: Account) {
    const { state, settings, cloud } = account
    this.#directory = cloud.playDomains
    this.#records = state.collection(domainRecords)
    state.cell(
      'vod.declaredDomains',
      // Documents from before there were any lack it.
      z.string().default(''),
      () => this.#declared,
      (declared) => {
        this.#declared = declared
      },
    )
    state.onRestore(() => {
      this.publish()
      this.takeDeclared()
    })
    settings.onChange(() => this.takeDeclared())
  }

  /** Has the domains that the settings declare, and no longer those that they have declared before; nothing happens where they say the same as ever. */
  takeDeclared(): void {
    const { domains = [] } = this.account.settings.values.vod
    const declared = domains.length === 0 ? '' : JSON.stringify(domains)
    if (declared === this.#declared) return
    this.#declared = declared
    for (const { name } of this.#records.list({ where: (domain) => domain.declared === true }).rows) this.remove(name)
    for (const each of domains) this.put(declaredDomain(this.account, each))
  }

  /** The domain of a name; one that is being deleted is gone for everybody. */
  get(name: string): Domain | undefined {
    const domain = this.#records.get(name.toLowerCase())
    return domain?.towards === 'gone' ? undefined : domain
  }

  /** The domain of a name that is being deleted; until that is done, none of this name can be added. */
  leaving(name: string): Domain | undefined {
    const domain = this.#records.get(name)
    return domain?.towards === 'gone' ? domain : undefined
  }

  /** All domains, in the order in which they were added. */
  all(): Domain[] {
    return this.#records.list({ where: ({ towards }) => towards !== 'gone' }).rows
  }

  /** The domain that a host belongs to: its own, or one that stands for all names of its level. */
  ofHost(host: string): Domain | undefined {
    if (this.#records.count === 0) return undefined
    const name = host.toLowerCase()
    return (
      this.get(name) ??
      wildcardsOf(name)
        .map((each) => this.get(each))
        .find((domain) => domain !== undefined)
    )
  }

  /** What holds for a host, whether it is played from or not; `undefined` if it is under no domain. */
  hostOf(host: string): PlayDomain | undefined {
    const domain = this.ofHost(host)
    return domain && playDomainOf(domain, host.toLowerCase())
  }

  /** The host that media are played under where somebody has asked for one; without it, or if it is not played from, the first that is. */
  choose(host?: string): PlayDomain | undefined {
    const asked = host === undefined ? undefined : this.ofHost(host)
    if (host !== undefined && asked && serves(asked)) return playDomainOf(asked, host.toLowerCase())
    const first = this.all().find((domain) => serves(domain) && !isWildcard(domain.name))
    return first && playDomainOf(first, first.name)
  }

  /** Adds a domain; one of this name, if there is one, is gone. */
  put(domain: Domain): void {
    this.#records.put(domain)
    this.publish()
  }

  /** Puts in the place of a domain what `change` makes of a copy of it. */
  update(name: string, change: (draft: Domain) => void): void {
    this.#records.update(name, change)
  }

  /** Forgets a domain. */
  remove(name: string): void {
    this.#records.delete(name)
    this.publish()
  }

  /** Has the names of the domains, and no others, lead to the account, however the records have come here. */
  publish(): void {
    this.#publish(new Set(this.#records.list().rows.map(({ name }) => name)))
  }

  /** Gives the names back. */
  dispose(): void {
    this.#publish(new Set())
  }

  #publish(names: ReadonlySet<string>): void {
    for (const name of this.#published) if (!names.has(name)) this.#directory.remove(name, this.account)
    for (const name of names) if (!this.#published.has(name)) this.#directory.add(name, this.account)
    this.#published = names
  }
}

export const playDomainsPart = definePart({
  name: 'playDomains',
  needs: ['oss'],
  create: (account) => new PlayDomains(account),
  open: ({ playDomains }) => playDomains.takeDeclared(),
  dispose: ({ playDomains }) => playDomains.dispose(),
})
