/** What generated pages say in a language. */

import type { Limit } from '../../../src/actions/action.js'
import type { ActionDescription, ErrorDescription, ParamDescription } from '../../../src/catalogue/describe.js'

type Of<Key extends keyof ParamDescription> = NonNullable<ParamDescription[Key]>

/** A language: everything that generated pages say and that is not in the definitions, and what becomes of what is there, which is English. */
export interface Words {
  /** Where the pages of the language are. */
  folder: 'docs' | 'docs/zh'
  yes: string
  no: string
  /** A sentence, or a phrase, of a definition. */
  sentence: (english: string) => string
  /** What an Action does. */
  summary: (action: Pick<ActionDescription, 'service' | 'action' | 'summary'>) => string
  actions: {
    title: string
    /** What stands above the services. */
    introduction: readonly string[]
    service: (version: string, host: string, count: number) => string
    columns: readonly [action: string, summary: string, mode: string, limit: string]
    sharedErrors: string
  }
  action: {
    /** To the page in the other language, and to the list of all Actions. */
    otherLanguage: string
    allActions: string
    columns: readonly [service: string, version: string, host: string, mode: string, limit: string, source: string]
    /** A chapter of a manual. */
    manual: (product: string, chapter: string) => string
    modes: Readonly<Record<'synchronous' | 'asynchronous', string>>
    limit: (limit: Limit) => string
    unlimited: string
    accepts: (names: readonly string[]) => string
    facts: (link: string) => string
    parameters: string
    noParameters: string
    parameterColumns: readonly [name: string, type: string, required: string, default_: string, limits: string]
    example: string
    /** Which provider states the example needs. */
    given: (states: readonly string[]) => string
    answer: string
    errors: string
    /** What stands above the errors of an Action's own, and says where the others are; `own`: whether it has any. */
    sharedErrors: (service: string, link: string, own: boolean) => string
    errorColumns: readonly [status: string, code: string, message: string, provokedBy: string]
    provokedBy: Readonly<Record<ErrorDescription['provokedBy'], string>>
    /** Between what provokes an error and the reason. */
    colon: string
  }
  /** `ofEach`: of each element of a list. */
  limits: {
    oneOf: (choices: Of<'enum'>, ofEach: boolean) => string
    atLeast: (value: number) => string
    atMost: (value: number) => string
    length: (bound: 'min' | 'max', value: number, unit: Of<'lengthUnit'>, ofEach: boolean) => string
    maxItems: (count: number) => string
    separatedBy: (separator: string) => string
    formats: Readonly<Record<Exclude<Of<'format'>, 'list'>, string>>
    ownLimit: string
    /** Between two limits. */
    comma: string
  }
  control: {
    /** What stands above the chapters. */
    introduction: readonly string[]
    /** Columns of what is sent. */
    sent: readonly [name: string, place: string, type: string, meaning: string]
    /** Where a parameter stands. */
    places: Readonly<Record<'path' | 'query' | 'body', string>>
    required: string
    paged: (by: string) => string
    answers: (status: number, what: string) => string
    /** An answer that is no JSON: its type, and what it is. */
    otherAnswer: (type: string, what: string) => string
    /** What the data of each server-sent event is. */
    eachEvent: (type: string) => string
    example: string
    noAccount: string
    /** Title of what answers with names hold, and columns of it. */
    named: string
    member: readonly [name: string, type: string, meaning: string]
    listOf: (type: string) => string
    /** One, or a list of such. */
    orListOf: (type: string) => string
    any: string
    /** Between the two last of several types. */
    or: string
    /** Between values of which one is meant, and between two answers. */
    comma: string
    semicolon: string
    /** Behind a sentence, and between two. */
    stop: string
    space: string
  }
  events: { columns: readonly [type: string, name: string, when: string, actions: string]; noAction: string }
  facts: { columns: readonly [fact: string, manual: string, observed: string, source: string, date: string] }
  jobs: { columns: readonly [kinds: string, stages: string, timeout: string, attempts: string, knownBy: string]; itsParameters: string }
  magic: {
    keys: readonly [key: string, vod: string, imageenhan: string, videos: string, oss: string]
    files: readonly [name: string, image: string, video: string, pull: string, upload: string]
    objects: readonly [name: string, status: string]
  }
  scenarios: { columns: readonly [name: string, description: string, parameters: string] }
  states: { columns: readonly [state: string, means: string, parameters: string, gives: string] }
}
