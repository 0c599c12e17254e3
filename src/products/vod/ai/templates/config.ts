/** TemplateConfig of AI templates. What must be in it depends on the type of the template. */

import { z } from 'zod'
import type { Refusal } from '../../../../base/errors.js'
import { json } from '../../../../params/structures.js'
import { type AITemplate, type AITemplateType, auditConfigSchema, smartCoverConfigSchema } from '../../shared/templates/ai-template.js'

/** The parameter, as far as it is the same for all types. */
export const templateConfig = () => json(z.record(z.string(), z.json()), { maxLength: 4096 })

/** Reads the parameter for a type. What is null is as good as not given. */
export function readConfig(
  type: AITemplateType,
  given: z.output<ReturnType<typeof templateConfig>>,
  fail: (code: 'InvalidParameter', refusal: Refusal) => never,
): Pick<AITemplate, 'audit' | 'smartCover'> {
  const members = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
  const read = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => {
    const { data, error } = schema.safeParse(members)
    const [issue] = error?.issues ?? []
    if (issue) fail('InvalidParameter', { param: 'TemplateConfig', reason: `at ${issue.path.join('.')}: ${issue.message}` })
    return data as z.output<Schema>
  }
  return type === 'AIMediaAudit' ? { audit: read(auditConfigSchema) } : { smartCover: read(smartCoverConfigSchema) }
}
