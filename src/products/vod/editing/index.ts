/** Editing (VOD manual 9). */

import { defineChapter } from '../shared/chapter.js'
import * as events from './events.js'
import { getEditingProjectMaterials, setEditingProjectMaterials } from './materials.js'
import { produceEditingProjectVideo } from './produce.js'
import { addEditingProject, deleteEditingProject, getEditingProject, searchEditingProject, updateEditingProject } from './projects.js'
import { editingRecords } from './records.js'
import { editingStates } from './states.js'

export const editing = defineChapter({
  name: 'editing',
  actions: [
    produceEditingProjectVideo,
    addEditingProject,
    updateEditingProject,
    deleteEditingProject,
    getEditingProject,
    searchEditingProject,
    setEditingProjectMaterials,
    getEditingProjectMaterials,
  ],
  records: editingRecords,
  events: Object.values(events),
  states: editingStates,
})
