/** Media that wait to be edited in a project (VOD manual 9.3.6, 9.3.7). */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { perSecond } from '../../../actions/action.js'
import { inAnyOrder } from '../../../actions/promises.js'
import { oneOf } from '../../../params/scalars.js'
import { resourceErrors } from '../media-assets/common/errors.js'
import { ids } from '../media-assets/common/find.js'
import { vod } from '../shared/service/service.js'
import { id } from '../upload/params.js'
import { materialTypeOf, mediumNamed } from './material.js'
import { materialInfo, materialInfoOf } from './material-info.js'
import { projectErrors, projectNamed, updateProject } from './project.js'
import { checkProjectQuota } from './quota.js'

export const setEditingProjectMaterials = vod.action('SetEditingProjectMaterials', {
  summary: 'Sets the media that wait to be edited in a project, in place of those that did.',
  source: 'VOD manual 9.3.6',
  limit: perSecond(30),
  input: () => ({ ProjectId: id(), MaterialIds: ids() }),
  output: () => z.object({}),
  errors: { ...projectErrors, ...resourceErrors },
  run({ input: { ProjectId, MaterialIds }, account, fail }) {
    const project = projectNamed(account, ProjectId, fail)
    const unknown = MaterialIds.find((each) => mediumNamed(account, each) === undefined)
    if (unknown !== undefined)
      fail('NoSuchResource', { param: 'MaterialIds', reason: `holds "${unknown}", which is not the id of a medium of this account` })
    const materialIds = [...new Set(MaterialIds)]
    checkProjectQuota(account, project, { ...project, materialIds }, fail)
    updateProject(account, ProjectId, (draft) => {
      draft.materialIds = materialIds
    })
    return {}
  },
})

export const getEditingProjectMaterials = vod.action('GetEditingProjectMaterials', {
  summary: 'Answers the media that wait to be edited in a project.',
  source: 'VOD manual 9.3.7',
  limit: perSecond(30),
  input: () => ({
    ProjectId: id(),
    // The manual marks it mandatory, the interface has it optional.
    Type: oneOf(['video', 'audio']).optional(),
    /** Says the same as Type, and more. */
    MaterialType: oneOf(['video', 'audio', 'image']).optional(),
  }),
  output: () => z.object({ MaterialList: z.object({ Material: inAnyOrder(z.array(materialInfo)) }) }),
  errors: projectErrors,
  run({ input: { ProjectId, Type, MaterialType = Type }, account, fail }) {
    const { materialIds } = projectNamed(account, ProjectId, fail)
    return { MaterialList: { Material: materialsOf(account, materialIds, MaterialType) } }
  },
})

/** Media of a type; those that were deleted meanwhile are none. */
function materialsOf(account: Account, mediaIds: readonly string[], type: string | undefined): z.input<typeof materialInfo>[] {
  return mediaIds.flatMap((mediaId) => {
    const medium = mediumNamed(account, mediaId)
    if (medium === undefined || (type !== undefined && materialTypeOf(medium) !== type)) return []
    return [materialInfoOf(account, medium)]
  })
}
