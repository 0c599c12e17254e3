/** AI templates: what an automated review looks for and does, and what smart covers are like (VOD manual, appendix "AITemplateConfig"). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { lazily } from '../../../../base/lazily.js'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { constant } from '../../../../state/make.js'
import { ofNoApp } from '../apps/rule.js'

/** What AI templates are for: automated reviews, or smart covers. */
export const aiTemplateTypes = ['AIMediaAudit', 'AIImage'] as const

/** See {@link aiTemplateTypes}. */
export type AITemplateType = (typeof aiTemplateTypes)[number]

/** What a review looks for in pictures. */
export const auditItems = ['terrorism', 'porn', 'ad', 'logo', 'live'] as const

/** See {@link auditItems}. */
export type AuditItem = (typeof auditItems)[number]

/** Parts of a medium that a review looks at. */
export const auditRanges = ['video', 'image-cover', 'text-title'] as const

/** See {@link auditRanges}. */
export type AuditRange = (typeof auditRanges)[number]

/** Far more than there are values; a value may be given twice. */
const MAX_VALUES = 50

const someOf = <const Value extends string>(values: readonly Value[]) => z.array(z.enum(values)).min(1).max(MAX_VALUES)

/** TemplateConfig of a template for reviews; its members are in the order in which the service answers them. */
export const auditConfigSchema = z.looseObject({
  AuditRange: someOf(auditRanges),
  AuditContent: someOf(['screen']),
  AuditItem: someOf(auditItems),
  /** Whether a medium that is found in violation is blocked. */
  AuditAutoBlock: z.enum(['yes', 'no']),
})

/** See {@link auditConfigSchema}. */
export type AuditConfig = z.output<typeof auditConfigSchema>

/** TemplateConfig of a template for smart covers. */
export const smartCoverConfigSchema = z.looseObject({
  Format: z.enum(['gif', 'png']),
  /** Whether one of the images becomes the cover of the video. */
  SetDefaultCover: z.union([z.enum(['true', 'false']), z.boolean().transform((value) => (value ? 'true' : 'false'))], {
    error: 'is neither true nor false',
  }),
})

/** See {@link smartCoverConfigSchema}. */
export type SmartCoverConfig = z.output<typeof smartCoverConfigSchema>

export const aiTemplateSchema = z.object({
  templateId: z.string(),
  name: z.string(),
  type: z.enum(aiTemplateTypes),
  /** TemplateConfig, if it is for reviews. */
  audit: auditConfigSchema.optional(),
  /** TemplateConfig, if it is for smart covers. */
  smartCover: smartCoverConfigSchema.optional(),
  /** Of the service, or of the account's own. */
  source: z.enum(['System', 'Custom']),
  /** Whether it is the one, of its type, that applies where a call names none. */
  isDefault: z.boolean(),
  /** Milliseconds since 1970 on the account's clock, as all instants here. */
  createdAt: timestampSchema,
  modifiedAt: timestampSchema,
})

/** See {@link aiTemplateSchema}. */
export type AITemplate = z.output<typeof aiTemplateSchema>

/** The records of AI templates: `account.vod.aiTemplates`. */
export const aiTemplateRecords = {
  name: 'vod.aiTemplates',
  schema: aiTemplateSchema,
  keyOf: ({ templateId }: AITemplate) => templateId,
  app: ofNoApp,
  indexes: {
    type: ({ type }: AITemplate) => type,
    /** The default of a type, under its name. */
    defaultOf: ({ isDefault, type }: AITemplate) => (isDefault ? type : undefined),
  },
}

/** TemplateConfig as answers have it: JSON. */
export const aiConfigText = ({ audit, smartCover }: Pick<AITemplate, 'audit' | 'smartCover'>): string => JSON.stringify(audit ?? smartCover)

/** The template of a type that applies where a call names none. */
export const defaultAITemplateOf = ({ vod }: Account, type: AITemplateType): AITemplate | undefined =>
  vod.aiTemplates.getBy('defaultOf', type)

/** Id of the service's own template for reviews. */
export const BUILT_IN_AUDIT_TEMPLATE = 'VOD-0003-000001'

/** What the built-in template is made of is not documented: it looks for everything, and leaves what follows to people. */
const builtInAudit = lazily(() =>
  constant(auditConfigSchema, {
    AuditRange: [...auditRanges],
    AuditContent: ['screen'],
    AuditItem: [...auditItems],
    AuditAutoBlock: 'no',
  }),
)

/** Creates the template for reviews that every account has, and that is the default until another is made it (developer guide, automated review). */
export function seedAITemplates(account: Account): void {
  const { clock, vod } = account
  if (vod.aiTemplates.get(BUILT_IN_AUDIT_TEMPLATE) !== undefined) return
  vod.aiTemplates.put({
    templateId: BUILT_IN_AUDIT_TEMPLATE,
    name: '预置模板01',
    source: 'System',
    isDefault: defaultAITemplateOf(account, 'AIMediaAudit') === undefined,
    type: 'AIMediaAudit',
    audit: builtInAudit(),
    createdAt: clock.startedAt,
    modifiedAt: clock.startedAt,
  })
}
