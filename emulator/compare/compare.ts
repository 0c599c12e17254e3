/** Comparing a recording of an upstream with the emulator: the same calls to a fresh account, and where the answers differ. */

import { END_OF_TIME } from '../../src/base/clock.js'
import { problemOf } from '../../src/base/problem.js'
import { type Account, type Call, type Cloud, createCloud, type Reply } from '../../src/index.js'
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
import { Differ, type Difference, show } from './differ.js'
import { Findings } from './findings.js'
import { rebuildCall, rebuildObjectCall, recordedCall, unknownIds } from './request.js'
import { Roles } from './roles.js'

/** Calls of a recording that wait for their answers; more have none. */
const MAX_WAITING = 1000

/** Instants at which an answer is looked at again that differs, because something has yet to happen. */
const MAX_MOMENTS = 50

/** How often that is done in vain for one Action that differs in one way. */
const MAX_IN_VAIN = 20

/** Codes that say something of the signature, the time or the load of the upstream, which is over. */
const OF_THE_MOMENT =
  /^(?:Throttling|Signature|IncompleteSignature|InvalidAccessKey|InvalidTimeStamp|InvalidSecurityToken|MissingSecurityToken|ServiceUnavailable|RequestTimeTooSkewed|SignatureDoesNotMatch)/

/** Actions that change nothing, so that they can be asked again. */
const READS = /^(?:Get|List|Describe|Query|Search|BatchGet|Verify)/

/** Compares a recording with the emulator. Rejects with a {@link RecordingError} if it cannot be read, or was not recorded from an upstream. */
export async function compare(file: string, options: CompareOptions = {}): Promise<Comparison> {
  try {
    const { header, events } = await openRecording(file)
    if (header.upstream === undefined)
      throw new RecordingError('it was recorded from the emulator itself, which vod-viapi-emulator replay compares byte by byte')
    const comparing = new Comparing(file, header.startedAt, options)
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

class Comparing {
  readonly #cloud: Cloud
  readonly #account: Account
  readonly #roles = new Roles()
  readonly #findings = new Findings()
  /** How often answers did not come nearer, however long they were waited for, by Action and what differed. */
  readonly #inVain = new Map<string, number>()

  constructor(
    private readonly file: string,
    startedAt: number,
    { cloud: { settings, ...options } = {} }: CompareOptions,
  ) {
    try {
      this.#cloud = createCloud({
        ...options,
        settings: { ...settings, limits: { ...(settings as { limits?: object })?.limits, enabled: false } },
        clock: { mode: 'manual', now: Math.min(Math.max(startedAt, 0), END_OF_TIME) },
        deliver: async () => ({ status: 200 }),
        download: () => Promise.reject(new Error('a comparison fetches nothing')),
      })
    } catch (error) {
      throw new RangeError(problemOf(error), { cause: error })
    }
    this.#account = this.#cloud.account()
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
    return { ...this.#findings.result(), cut }
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
    if (Object.hasOwn(reply.rest as object, 'broken')) return leave('the answer of the upstream broke off')
    const recorded = readRecorded(reply.body)
    const code = codeOf(recorded)
    if (OF_THE_MOMENT.test(code ?? '')) return leave(`the upstream has refused the call for its signature, its time or its load (${code})`)
    const isObject = isObjectCall(event)
    if (!isObject && namedBy(this.#cloud.catalogue, readCall(recordedCall(event))).length === 0 && reply.status < 400)
      return this.#findings.add(name, event.call, [
        { field: '', kind: 'action', recorded: `status ${reply.status}`, here: 'the emulator lacks this Action' },
      ])
    await this.#letTimePass(event.receivedAt)
    let differences: Difference[]
    try {
      differences = isObject ? await this.#object(event, reply, recorded) : await this.#action(event, reply, recorded)
    } catch (error) {
      if (error instanceof RecordingError) throw error
      if (!(error instanceof ShapeError || error instanceof RangeError)) throw error
      return leave(`the call cannot be made again: ${error.message}`)
    }
    const [refusal] = differences
    if (refusal?.kind === 'status' && reply.status < 400) {
      const unknown = isObject ? [] : unknownIds(event, this.#roles)
      if (unknown.length > 0) return leave(`it is about what was there before the recording began (${unknown.join(', ')})`)
    }
    this.#findings.add(name, event.call, differences)
  }

  async #object(event: EventOf<'call'>, reply: EventOf<'reply'>, recorded: ReadBody): Promise<Difference[]> {
    const call = await rebuildObjectCall(event, { cloud: this.#cloud, account: this.#account, roles: this.#roles, file: this.file })
    const answered = await this.#cloud.handle(call)
    return differencesOf(reply, recorded, answered, await readReply(answered), this.#roles)
  }

  /** What differs may only have yet to happen: a read is asked again when it has. */
  async #action(event: EventOf<'call'>, reply: EventOf<'reply'>, recorded: ReadBody): Promise<Difference[]> {
    const ask = async (account: Account, roles: Roles): Promise<Difference[]> => {
      const call = rebuildCall(event, { cloud: this.#cloud, account, roles: this.#roles, file: this.file })
      const answered = await this.#cloud.handle(call)
      return differencesOf(reply, recorded, answered, await readReply(answered), roles)
    }
    const trial = this.#roles.attempt()
    const differences = await ask(this.#account, trial)
    const { action = '' } = readCall(recordedCall(event))
    if (differences.length > 0 && READS.test(action) && this.#account.clock.pending > 0) {
      const hope = `${action} ${differences.map(({ field, kind }) => `${field} ${kind}`).join()}`
      const inVain = this.#inVain.get(hope) ?? 0
      const moment = inVain < MAX_IN_VAIN ? await this.#momentOf(ask, differences.length) : undefined
      if (moment !== undefined) {
        await this.#account.clock.advanceTo(moment)
        return ask(this.#account, this.#roles)
      }
      this.#inVain.set(hope, inVain + 1)
    }
    trial.commit()
    return differences
  }

  /** When, in a copy of the account, least differs, and less than now; `undefined` if that does not come to pass. */
  async #momentOf(ask: (account: Account, roles: Roles) => Promise<Difference[]>, now: number): Promise<number | undefined> {
    const copy = await this.#account.fork()
    let best: { moment: number | undefined; count: number } = { moment: undefined, count: now }
    try {
      for (let moments = 0; moments < MAX_MOMENTS && best.count > 0; moments++) {
        const next = copy.clock.nextDue
        if (next === undefined || next > END_OF_TIME) break
        await copy.clock.advanceTo(Math.max(next, copy.clock.now()))
        const { length } = await ask(copy, this.#roles.attempt())
        if (length < best.count) best = { moment: copy.clock.now(), count: length }
      }
      return best.moment
    } finally {
      this.#cloud.disposeAccount(copy)
    }
  }

  /** Time passes as it did, but for what is to happen: that happens when an answer shows that it has. */
  async #letTimePass(receivedAt: number): Promise<void> {
    const { clock } = this.#account
    const until = Math.min(receivedAt, (clock.nextDue ?? Number.POSITIVE_INFINITY) - 1, END_OF_TIME)
    if (until > clock.now()) await clock.advanceTo(until)
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

/** The error code of an answer, in JSON or in XML. */
function codeOf({ value }: ReadBody): string | undefined {
  const root = value as Record<string, unknown> | undefined
  const code = root?.Code ?? (root?.Error as Record<string, unknown> | undefined)?.Code
  return typeof code === 'string' ? code : undefined
}

function differencesOf(reply: EventOf<'reply'>, recorded: ReadBody, answered: Reply, here: ReadBody, roles: Roles): Difference[] {
  if (reply.status !== answered.status) {
    const said = (status: number, body: ReadBody): string => [status, codeOf(body)].filter(Boolean).join(' ')
    const found: Difference[] = [{ field: '', kind: 'status', recorded: said(reply.status, recorded), here: said(answered.status, here) }]
    // A success and a refusal have nothing in common; two refusals do.
    if (reply.status < 400 !== answered.status < 400) return found
    return [...found, ...bodyDifferences(recorded, here, roles)]
  }
  return bodyDifferences(recorded, here, roles)
}

function bodyDifferences(recorded: ReadBody, here: ReadBody, roles: Roles): Difference[] {
  if (recorded.format !== here.format) return [{ field: '', kind: 'kind', recorded: recorded.format, here: here.format }]
  if (recorded.value === undefined || here.value === undefined) return []
  return new Differ(recorded.format === 'XML')
    .compare(recorded.value, here.value, roles)
    .map((each) => ({ ...each, field: show(each.field).slice(1, -1) }))
}
