/** Records of editing. */

import { appOfVideo, ofNoApp } from '../shared/apps/rule.js'
import { type Production, productionSchema } from './production.js'
import { type EditingProject, editingProjectSchema } from './project.js'
import { isLarge } from './quota.js'

export const editingRecords = {
  editingProjects: {
    name: 'vod.editingProjects',
    schema: editingProjectSchema,
    keyOf: ({ projectId }: EditingProject) => projectId,
    // Of editing, apps have only the videos that come of it.
    app: ofNoApp,
    indexes: {
      status: ({ status }: EditingProject) => status,
      size: (project: EditingProject) => (isLarge(project) ? 'large' : undefined),
    },
  },
  productions: {
    name: 'vod.productions',
    schema: productionSchema,
    keyOf: ({ jobId }: Production) => jobId,
    app: appOfVideo,
  },
}
