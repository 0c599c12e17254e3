/** TemplateConfig: what a template of snapshots or animated images says, by its type. */

import type { Refusal } from '../../../../base/errors.js'
import { type DynamicImageTemplateConfig, dynamicImageTemplateConfig } from '../../shared/templates/dynamic-image-config.js'
import { readStructure } from '../../shared/templates/read-structure.js'
import { type SnapshotTemplateConfig, snapshotTemplateConfig } from '../../shared/templates/snapshot-config.js'
import type { VodTemplate } from '../../shared/templates/vod-template.js'

type Fail = (code: 'InvalidParameter', refusal: Refusal) => never

const param = 'TemplateConfig'

/** Reads and checks what a template of a type says. */
export function readConfig(
  type: VodTemplate['templateType'],
  document: object,
  fail: Fail,
): Pick<VodTemplate, 'snapshot' | 'dynamicImage'> {
  if (type === 'Snapshot') {
    const snapshot = readStructure(snapshotTemplateConfig, document, param, fail)
    const problem = spriteProblem(snapshot)
    return problem === undefined ? { snapshot } : fail('InvalidParameter', { param, reason: `at SnapshotConfig.${problem}` })
  }
  const dynamicImage = readStructure(dynamicImageTemplateConfig, document, param, fail)
  const problem = clipProblem(dynamicImage)
  return problem === undefined ? { dynamicImage } : fail('InvalidParameter', { param, reason: `at ${problem}` })
}

/** What a template says, as answers have it. */
export const configOf = ({ snapshot, dynamicImage }: VodTemplate): object => snapshot ?? dynamicImage ?? {}

const SPRITE_MEMBERS = ['Padding', 'Margin', 'Color', 'Columns', 'Lines', 'KeepCellPic'] as const

/** Sprites need to be described, and then completely. */
function spriteProblem({ SnapshotType, SnapshotConfig: { SpriteSnapshotConfig } }: SnapshotTemplateConfig): string | undefined {
  if (SpriteSnapshotConfig === undefined) return SnapshotType === 'SpriteSnapshot' ? 'SpriteSnapshotConfig: is missing' : undefined
  const missing = SPRITE_MEMBERS.find((member) => SpriteSnapshotConfig[member] === undefined)
  return missing && `SpriteSnapshotConfig.${missing}: is missing`
}

/** The manual has both Duration and End mandatory; with one of them it is clear what is meant. */
function clipProblem({ Clip }: DynamicImageTemplateConfig): string | undefined {
  if (Clip === undefined || Clip.TimeSpan.Duration !== undefined || Clip.TimeSpan.End !== undefined) return undefined
  return 'Clip.TimeSpan.Duration: is missing, and so is End'
}
