/** What a review has found, as the Actions and the event tell it (VOD manual, appendix "AIMediaAuditResult"; chapter 10.2 has more than that). */

import { z } from 'zod'
import { inAnyOrder } from '../../../../actions/promises.js'
import { pictureLabels, scenes, speechLabels, textLabels } from '../../../../assets/findings.js'
import { suggestions } from './pictures.js'

const suggestion = z.enum(suggestions)

/** A number from 0 to 100 with ten decimals, as text. */
const score = z.string()

const labelsOf = <const Label extends string>(labels: readonly Label[]) => z.enum([...labels, 'normal'])

/** What was found of one scene in the pictures of a video. */
const sceneResult = <const Label extends string>(labels: readonly Label[]) => {
  const label = labelsOf(labels)
  return z.strictObject({
    Suggestion: suggestion,
    /** The label that weighs most; the scores are those of its pictures. */
    Label: label,
    MaxScore: score,
    AverageScore: score,
    /** How many pictures have each label; together, all pictures. */
    CounterList: inAnyOrder(z.array(z.strictObject({ Label: label, Count: z.int() }))),
    /** The pictures of that label with the highest scores, ten at most; Timestamp in milliseconds. */
    TopList: z.array(z.strictObject({ Label: label, Score: score, Timestamp: z.string(), Url: z.string() })).max(10),
  })
}

const imageResult = z.strictObject({
  Suggestion: suggestion,
  /** Scenes, separated by commas. */
  Label: z.string(),
  Type: z.literal('cover').default('cover'),
  Url: z.string(),
  Result: z.array(
    z.strictObject({
      Suggestion: suggestion,
      Label: labelsOf(Object.values(pictureLabels).flat()),
      Score: score,
      Scene: z.enum(scenes),
    }),
  ),
})

const antispam = { Suggestion: suggestion, Score: score, Scene: z.literal('antispam').default('antispam') }

const textResult = z.strictObject({
  ...antispam,
  Label: labelsOf(textLabels),
  Type: z.literal('title').default('title'),
  Content: z.string().optional(),
})

const audioResult = z.strictObject({ ...antispam, Label: labelsOf(speechLabels) })

/** Labels are separated by commas where a result has several. What was not looked at is left out. */
export const auditResultSchema = z.strictObject({
  Suggestion: suggestion,
  /** The parts that are suspected or in violation. */
  AbnormalModules: z.string().optional(),
  Label: z.string(),
  VideoResult: z
    .strictObject({
      Suggestion: suggestion,
      Label: z.string(),
      TerrorismResult: sceneResult(pictureLabels.terrorism).optional(),
      PornResult: sceneResult(pictureLabels.porn).optional(),
      AdResult: sceneResult(pictureLabels.ad).optional(),
      LiveResult: sceneResult(pictureLabels.live).optional(),
      LogoResult: sceneResult(pictureLabels.logo).optional(),
    })
    .optional(),
  ImageResult: z.array(imageResult).optional(),
  TextResult: z.array(textResult).optional(),
  AudioResult: z.array(audioResult).optional(),
})

/** See {@link auditResultSchema}. */
export type AuditResult = z.input<typeof auditResultSchema>
