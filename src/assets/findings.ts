/** What an automated review finds in a file that breaks the rules. What is left out is found to be in order. */

import { z } from 'zod'

/** What reviews look for in pictures: each is a scene of its own, with the labels that a picture of it can get; the first is the usual one. */
export const pictureLabels = {
  porn: ['porn', 'sexy'],
  terrorism: [
    'terrorism',
    'outfit',
    'logo',
    'weapon',
    'politics',
    'others',
    'bloody',
    'explosion',
    'violence',
    'crowd',
    'parade',
    'carcrash',
    'flag',
    'location',
  ],
  ad: ['ad', 'politics', 'porn', 'abuse', 'terrorism', 'contraband', 'spam', 'npx', 'qrcode', 'programCode'],
  live: ['live', 'meaningless', 'PIP', 'smoking', 'drivelive'],
  logo: ['logo', 'TV', 'trademark'],
} as const

/** See {@link pictureLabels}. */
export type Scene = keyof typeof pictureLabels

/** The scenes, in the order in which answers name them. */
export const scenes = Object.keys(pictureLabels) as [Scene, ...Scene[]]

/** Labels of a text, such as a title. */
export const textLabels = ['spam', 'ad', 'abuse', 'flood', 'contraband', 'meaningless'] as const

/** Labels of what is said. */
export const speechLabels = [...textLabels, 'politics', 'terrorism', 'porn'] as const

/** Findings of a kind in one file, and characters of what is said. */
const MAX_FINDINGS = 50
const MAX_SPEECH = 200

/** As long as the longest file that can be declared. */
const seconds = () => z.number().min(0).max(31_622_400)

const common = {
  /** In violation, or suspected. Default: `block`, of the label `sexy` `review`. */
  suggestion: z.enum(['block', 'review']).optional(),
  /** How sure it is, from 0 to 100. Default: made up, and the same for the same medium. */
  score: z.number().min(0).max(100).optional(),
}

const pictureSchema = z.strictObject({
  scene: z.enum(scenes),
  /** Default: the first of the scene's. */
  label: z.string().optional(),
  ...common,
})

const ofItsScene = (finding: { scene: Scene; label?: string | undefined }): boolean =>
  finding.label === undefined || (pictureLabels[finding.scene] as readonly string[]).includes(finding.label)

const WRONG_LABEL = { message: 'is no label of its scene', path: ['label'] }

const inOrder = ({ from, to }: { from: number; to?: number | undefined }): boolean => to === undefined || to >= from

const WRONG_ORDER = { message: 'is before the beginning', path: ['to'] }

export const findingsSchema = z.strictObject({
  /** In the pictures of a video: at one instant, or, with `to`, once a second until then. */
  video: z
    .array(
      pictureSchema
        .extend({ at: seconds(), to: seconds().optional() })
        .refine(ofItsScene, WRONG_LABEL)
        .refine(({ at, to }) => inOrder({ from: at, to }), WRONG_ORDER),
    )
    .max(MAX_FINDINGS)
    .optional(),
  /** In an image, or in the cover of a video. */
  image: z.array(pictureSchema.refine(ofItsScene, WRONG_LABEL)).max(MAX_FINDINGS).optional(),
  /** In the title of a video. */
  title: z.strictObject({ label: z.enum(textLabels), ...common }).optional(),
  /** In what is said. */
  audio: z
    .array(
      z
        .strictObject({ label: z.enum(speechLabels), from: seconds(), to: seconds(), text: z.string().max(MAX_SPEECH), ...common })
        .refine(inOrder, WRONG_ORDER),
    )
    .max(MAX_FINDINGS)
    .optional(),
})

/** See {@link findingsSchema}. */
export type Findings = z.output<typeof findingsSchema>
