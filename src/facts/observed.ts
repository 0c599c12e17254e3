/** What is known of the services today and disagrees with their manuals: which of the two an account goes by is a setting. */

import { z } from 'zod'
import { defineSettings } from '../account/settings.js'

/** One point on which the service of today and its manual disagree. */
export interface ObservedFact {
  /** By which it is known here. */
  id: string
  /** What it is about. */
  fact: string
  /** The Actions that it is about, `<service>.<Action>`; `all`: every one, and what every call needs. */
  actions: 'all' | readonly string[]
  /** What the manual says. */
  manual: string
  /** What the service was seen to do. */
  observed: string
  /** Where it was seen. */
  source: string
  /** When: a year, or a year and a month. */
  date: string
}

/** Every such point. */
export const observedFacts: readonly ObservedFact[] = [
  {
    id: 'missing-parameter',
    fact: 'code and text for a mandatory parameter that is missing',
    actions: 'all',
    manual: '`MissingParameter`, in imageenhan `ParameterError`',
    observed: '`Missing<Name>`, 400, "<Name> is mandatory for this action."',
    source: 'aliyun/openapi-core-nodejs-sdk#95 (the host of VOD), logs of clients of imageenhan, imageseg and DNS',
    date: '2022 to 2026-03',
  },
  {
    id: 'illegal-status',
    fact: "text of GetPlayInfo's `Forbidden.IllegalStatus`",
    actions: ['vod.GetPlayInfo'],
    manual: '"Status of the video is illegal. Current Status is <Status>."',
    observed: '"Currently Video Status is <Status> and AuditStatus is <AuditStatus>"',
    source: 'SaveW1nd/EduMatrix, VodClient',
    date: '2026',
  },
]

/** The ids of the facts that an Action has to do with. */
export const factsAbout = (id: string): string[] =>
  observedFacts.filter(({ actions }) => actions === 'all' || actions.includes(id)).map((fact) => fact.id)

/** What an account goes by where the service of today and its manual disagree. Default: the manual. */
export const factsSettings = defineSettings({ schema: z.enum(['manual', 'observed']), defaults: 'manual' })
