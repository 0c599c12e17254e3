/** Transcoding jobs in documents of state version 2, which each had a template, and nothing else that is to be made. */

import type { Json, JsonEntry } from '../../../../state/part.js'
import type { Upgrade } from '../../../../state/upgrade.js'

/** Makes an order of the template. */
export const orderTemplates: Upgrade = ({ tables }) => {
  const { jobs } = tables
  if (jobs !== undefined) tables.jobs = jobs.map(([id, job]): JsonEntry => [id, withOrder(job)])
}

function withOrder(job: Json): Json {
  const { kind, input } = job as { kind?: Json; input?: Record<string, Json> }
  if (kind !== 'vod.SubmitTranscodeJobs' || input?.template === undefined) return job
  const { template, ...rest } = input
  return { ...(job as Record<string, Json>), input: { ...rest, order: { template } } }
}
