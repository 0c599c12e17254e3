/** Comparing a recording of an upstream with the emulator: the same calls to a fresh account, and where the answers differ. */

import { Readable } from 'node:stream'
import { END_OF_TIME } from '../../src/base/clock.js'
import { problemOf } from '../../src/base/problem.js'
import { type Account, type Call, type ClockOptions, type Cloud, createCloud } from '../../src/index.js'
import { isObjectCall } from '../../src/oss/location.js'
import { readRequest } from '../../src/oss/request.js'
import { findOperation } from '../../src/oss/server/operations.js'
import { namedBy } from '../../src/rpc/find.js'
import { readCall } from '../../src/rpc/read.js'
import { ShapeError } from '../../src/rpc/resign.js'
import type { EventOf } from '../record/format.js'
import { openRecording } from '../record/recording.js'
import { RecordingError } from '../record/recording-error.js'
import { type ReadBody, readRecorded, readReply } from './answer.js'
import type { CompareOptions, Comparison } from './comparison.js'
import type { Difference } from './differ.js'
import { Findings } from './findings.js'
import { differencesOf, isRefusedHere, passingReason } from './outcome.js'
import { type Owners, readOwners } from './owners.js'
import { rebuildCall, rebuildObjectCall, recordedCall } from './request.js'
import { Roles } from './roles.js'
import { removedParams, unknownIds } from './unknown.js'

/** Calls of a recording that wait for their answers; more have none. */
const MAX_WAITING = 1000

/** Instants at which an answer is looked at again that differs, because something has yet to happen. */
const MAX_MOMENTS = 50

/** How often that is done in vain for one Action that differs in one way. */
const MAX_IN_VAIN = 20

/** Actions that change nothing, so that they can be asked again. */
const READS = /^(?:Get|List|Describe|Query|Search|BatchGet|Verify)/

/** Compares a recording with the emulator. Rejects with a {@link RecordingError} if it cannot be read, or was not recorded from an upstream. */
export async function compare(file: string, options: CompareOptions = {}): Promise<Comparison> {
  try {
    const { header, events } = await openRecording(file)
    if (header.upstream === undefined)
      throw new RecordingError('it was recorded from the emulator itself, which vod-viapi-emulator replay compares byte by byte')
    const comparing = new Comparing(file, await readOwners(file), header.startedAt, options)
    try {
      return { upstream: header.upstream, ...(await comparing.run(events)) }
    } finally {
      comparing.end()
    }
  } catch (error) {
    if (error instanceof RecordingError) throw new RecordingError(`${file}: ${error.message}`)
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw new RecordingError(`${file}: ${(error as Error).message}`)
    throw error
  }
}

/** An account of the recording, as it is here. */
interface Subject {
  account: Account
  roles: Roles
}

/** Asks an account what was recorded, and says what differs; what the answers teach about roles is learned. */
type Ask = (account: Account, roles: Roles) => Promise<Difference[]>

/** What came of asking. */
interface Answered {
  reply: EventOf<'reply'>
  differences: readonly Difference[]
  /** Whether asking changes nothing, even if it is granted. */
  isRead: boolean
}

class Comparing {
  readonly #cloud: Cloud
  /** By account of the recording, in the order in which they came up. */
  readonly #subjects = new Map<string, Subject>()
  readonly #options: Omit<NonNullable<CompareOptions['cloud']>, 'settings'> & { clock: ClockOptions }
  readonly #findings = new Findings()
  /** How often answers did not come nearer, however long they were waited for, by Action and what differed. */
  readonly #inVain = new Map<string, number>()

  constructor(
    private readonly file: string,
    private readonly owners: Owners,
    startedAt: number,
    { cloud: { settings, ...options } = {} }: CompareOptions,
  ) {
    this.#options = { ...options, clock: { mode: 'manual', now: Math.min(Math.max(startedAt, 0), END_OF_TIME) } }
    try {
      this.#cloud = createCloud({
        ...this.#options,
        settings: { ...settings, limits: { ...(settings as { limits?: object })?.limits, enabled: false } },
        deliver: async () => ({ status: 200 }),
        download: () => Promise.reject(new Error('a comparison fetches nothing')),
      })
    } catch (error) {
      throw new RangeError(problemOf(error), { cause: error })
    }
  }

  async run(events: AsyncIterable<unknown>): Promise<Omit<Comparison, 'upstream'>> {
    const waiting = new Map<number, EventOf<'call'>>()
    let cut = false
    for await (const event of events as AsyncIterable<EventOf<'call'> | EventOf<'reply'> | 'cut'>) {
      if (event === 'cut') cut = true
      else if (event.type === 'call') {
        this.#findings.calls++
        waiting.set(event.call, event)
        for (const oldest of waiting.keys()) {
          if (waiting.size <= MAX_WAITING) break
          this.#unanswered(waiting, oldest)
        }
      } else if (event.type === 'reply') {
        const call = waiting.get(event.call)
        waiting.delete(event.call)
        if (call) await this.#compare(call, event)
      }
    }
    for (const left of waiting.keys()) this.#unanswered(waiting, left)
    return { ...this.#findings.result(), accounts: this.#subjects.size, cut }
  }

  end(): void {
    this.#cloud.dispose()
  }

  #unanswered(waiting: Map<number, EventOf<'call'>>, number: number): void {
    const call = waiting.get(number)
    waiting.delete(number)
    if (call) this.#findings.leave('the upstream has not answered', this.#nameOf(recordedCall(call)), number)
  }

  async #compare(event: EventOf<'call'>, reply: EventOf<'reply'>): Promise<void> {
    const name = this.#nameOf(recordedCall(event))
    const leave = (reason: string): void => this.#findings.leave(reason, name, event.call)
    const isBroken = Object.hasOwn(reply.rest as object, 'broken')
    const recorded = readRecorded(reply.body)
    const passing = passingReason(reply.status, recorded)
    if (passing !== undefined) return leave(passing)
    const isObject = isObjectCall(event)
    if (!isObject && namedBy(this.#cloud.catalogue, readCall(recordedCall(event))).length === 0 && reply.status < 400)
      return this.#findings.add(name, event.call, [
        { field: '', kind: 'action', recorded: `status ${reply.status}`, here: 'the emulator lacks this Action' },
      ])
    const leaveBroken = (): void => leave('the answer of the upstream broke off')
    // What it has begun to grant it has done, as later answers show.
    if (isBroken && (reply.status >= 400 || isObject)) return leaveBroken()
    let differences: Difference[]
    let subject: Subject
    try {
      subject = this.#subjectOf(event)
      await letTimePass(subject, event.receivedAt)
      differences = await this.#differences(subject, event, reply, recorded)
    } catch (error) {
      if (error instanceof RecordingError) throw error
      if (!(error instanceof ShapeError || error instanceof RangeError)) throw error
      return leave(`the call cannot be made again: ${error.message}`)
    }
    if (isBroken) return leaveBroken()
    if (!isObject && isRefusedHere(reply, differences)) {
      const unknown = unknownIds(event, subject.roles)
      if (unknown.length > 0) return leave(`it is about what was there before the recording began (${unknown.join(', ')})`)
    }
    if (!isObject && differences.some(({ kind }) => kind === 'status' || kind === 'code')) {
      const removed = removedParams(event, subject.roles, reply.status >= 400)
      if (removed.length > 0)
        return leave(`what it depends on is removed from the recording (${removed.join(', ')}); what differs later may follow from that`)
    }
    this.#findings.add(name, event.call, differences)
  }

  /** The first account of the recording is the cloud's own, each further one is new. */
  #subjectOf(event: EventOf<'call'>): Subject {
    const owner = this.owners.of(event)
    const known = this.#subjects.get(owner)
    if (known) return known
    const { clock, world, assets } = this.#options
    const account =
      this.#subjects.size === 0
        ? this.#cloud.account()
        : this.#cloud.createAccount({ clock, ...(world && { world }), ...(assets && { assets }) })
    const subject = { account, roles: new Roles(account.accountId) }
    this.#subjects.set(owner, subject)
    return subject
  }

  /** What differs may only have yet to happen: what changes nothing is asked again when it has. */
  async #differences(subject: Subject, event: EventOf<'call'>, reply: EventOf<'reply'>, recorded: ReadBody): Promise<Difference[]> {
    const { clock } = subject.account
    const isObject = isObjectCall(event)
    const ask: Ask = async (account, roles) => {
      const rebuilding = { cloud: this.#cloud, account, roles: subject.roles, file: this.file }
      const call = isObject ? await rebuildObjectCall(event, rebuilding) : rebuildCall(event, rebuilding)
      try {
        const answered = await this.#cloud.handle(call)
        return differencesOf({ isObject, method: event.method }, reply, recorded, answered, await readReply(answered), roles)
      } finally {
        // Who refuses an upload does not read it.
        if (call.stream instanceof Readable) call.stream.destroy()
      }
    }
    const { action = '' } = readCall(recordedCall(event))
    const isRead = isObject ? event.method === 'GET' || event.method === 'HEAD' : READS.test(action)
    // What was refused for a value that was removed must not be done here with another.
    if (!isObject && !isRead && reply.status >= 400 && removedParams(event, subject.roles, true).length > 0)
      return this.#inCopy(subject, (copy) => ask(copy, subject.roles.attempt()))
    const trial = subject.roles.attempt()
    const differences = await ask(subject.account, trial)
    if (differences.length > 0 && clock.pending > 0 && (isRead || isRefusedHere(reply, differences))) {
      const hope = `${action} ${differences.map(({ field, kind }) => `${field} ${kind}`).join()}`
      const inVain = this.#inVain.get(hope) ?? 0
      const moment = inVain < MAX_IN_VAIN ? await this.#momentOf(subject, ask, { reply, differences, isRead }) : undefined
      if (moment !== undefined) {
        await clock.advanceTo(moment)
        return ask(subject.account, subject.roles)
      }
      this.#inVain.set(hope, inVain + 1)
    }
    trial.commit()
    return differences
  }

  /** When, in a copy of the account, least differs, and less than now; `undefined` if that does not come to pass. */
  #momentOf(subject: Subject, ask: Ask, { reply, differences, isRead }: Answered): Promise<number | undefined> {
    const farOf = (each: readonly Difference[]): number => (isRefusedHere(reply, each) ? Number.POSITIVE_INFINITY : each.length)
    return this.#inCopy(subject, async (copy) => {
      let best: { moment: number | undefined; far: number } = { moment: undefined, far: farOf(differences) }
      for (let moments = 0; moments < MAX_MOMENTS && best.far > 0; moments++) {
        const next = copy.clock.nextDue
        if (next === undefined || next > END_OF_TIME) break
        await copy.clock.advanceTo(Math.max(next, copy.clock.now()))
        const far = farOf(await ask(copy, subject.roles.attempt()))
        if (far < best.far) best = { moment: copy.clock.now(), far }
        // What changes something is done once.
        if (!isRead && far < Number.POSITIVE_INFINITY) break
      }
      return best.moment
    })
  }

  async #inCopy<T>({ account }: Subject, use: (copy: Account) => Promise<T>): Promise<T> {
    const copy = await account.fork()
    try {
      return await use(copy)
    } finally {
      this.#cloud.disposeAccount(copy)
    }
  }

  #nameOf(call: Call): string {
    if (isObjectCall(call)) {
      try {
        return `oss.${findOperation(readRequest(call, undefined)).name}`
      } catch {
        return `oss ${call.method}`
      }
    }
    const read = readCall(call)
    return namedBy(this.#cloud.catalogue, read)[0]?.id ?? read.action?.slice(0, 100) ?? `${call.method} without an Action`
  }
}

/** Time passes as it did, but for what is to happen: that happens when an answer shows that it has. */
async function letTimePass({ account: { clock } }: Subject, receivedAt: number): Promise<void> {
  const until = Math.min(receivedAt, (clock.nextDue ?? Number.POSITIVE_INFINITY) - 1, END_OF_TIME)
  if (until > clock.now()) await clock.advanceTo(until)
}
