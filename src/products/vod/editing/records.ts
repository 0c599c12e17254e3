/** Records of editing. */

import { type Production, productionSchema } from './production.js'
import { type EditingProject, editingProjectSchema } from './project.js'
import { isLarge } from './quota.js'

export const editingRecords = {
  editingProjects: {
    name: 'vod.editingProjects',
    schema: editingProjectSchema,
    keyOf: ({ projectId }: EditingProject) => projectId,
    indexes: {
      status: ({ status }: EditingProject) => status,
      size: (project: EditingProject) => (isLarge(project) ? 'large' : undefined),
    },
  },
  productions: {
    name: 'vod.productions',
    schema: productionSchema,
    keyOf: ({ jobId }: Production) => jobId,
  },
}
