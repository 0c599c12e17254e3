/** Workflows: what is done with a video, step by step. The real service has its console for them, and no Action. */

import { z } from 'zod'

/** What each kind of step needs to know (console guide, workflow management). */
const kinds = {
  /** The source file becomes a stream of its own. */
  distributeSource: {},
  transcode: { templateGroupId: z.string().min(1).max(64) },
  snapshot: { templateId: z.string().min(1).max(64) },
  dynamicImage: { templateId: z.string().min(1).max(64) },
  /** Automated review; without a template, by the default one. */
  review: { templateId: z.string().min(1).max(64).optional() },
  tag: {},
  dna: {},
}

/** What a step does. */
export type StepKind = keyof typeof kinds

/** How a step can end: a review as `passed`, `blocked` or `fail`, any other as `success` or `fail`. */
export const stepOutcomes = ['success', 'fail', 'passed', 'blocked'] as const

/** See {@link stepOutcomes}. */
export type StepOutcome = (typeof stepOutcomes)[number]

const common = {
  /** By which other steps refer to it. Default: what it does. */
  name: z.string().min(1).max(64).optional(),
  /** The step that comes before it. Default: none, so that it begins with the workflow. */
  after: z.string().min(1).max(64).optional(),
  /** How that must have ended. Default: however it did. */
  on: z.enum(stepOutcomes).optional(),
}

const kind = <Kind extends StepKind>(does: Kind) => z.strictObject({ does: z.literal(does), ...kinds[does], ...common })

export const workflowStepSchema = z.discriminatedUnion('does', [
  kind('distributeSource'),
  kind('transcode'),
  kind('snapshot'),
  kind('dynamicImage'),
  kind('review'),
  kind('tag'),
  kind('dna'),
])

/** A step of a workflow. */
export type WorkflowStep<Kind extends StepKind = StepKind> = Extract<z.output<typeof workflowStepSchema>, { does: Kind }>

/** By which other steps refer to a step. */
export const nameOf = ({ name, does }: Pick<WorkflowStep, 'name' | 'does'>): string => name ?? does

export const workflowSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    /** Template group of a step that transcodes, and begins with the workflow; left out, there is none. */
    templateGroupId: z.string().optional(),
    /** Whether there is a step that makes the source file playable as it is, and begins with the workflow. Default: false. */
    distributesSource: z.boolean().default(false),
    /** All others. Those that come after another stand behind it. */
    steps: z.array(workflowStepSchema).max(20).optional(),
  })
  .check(({ value, issues }) => {
    const names = new Set<string>()
    for (const [index, step] of stepsOf(value).entries()) {
      const refuse = (message: string) => issues.push({ code: 'custom', input: value, path: ['steps', index], message })
      if (names.has(nameOf(step))) refuse(`is the second step of the name ${nameOf(step)}; give it another name`)
      if (step.after !== undefined && !names.has(step.after)) refuse(`comes after ${step.after}, which is none of the steps before it`)
      if (step.on !== undefined && step.after === undefined) refuse('says how another step must have ended, and not after which it comes')
      names.add(nameOf(step))
    }
  })

/** A workflow. */
export type Workflow = z.output<typeof workflowSchema>

/** The steps of a workflow, in an order in which none comes before the one that it follows. */
export const stepsOf = ({ templateGroupId, distributesSource, steps = [] }: Workflow): WorkflowStep[] => [
  ...(distributesSource ? [{ does: 'distributeSource' as const }] : []),
  ...(templateGroupId === undefined ? [] : [{ does: 'transcode' as const, templateGroupId }]),
  ...steps,
]
