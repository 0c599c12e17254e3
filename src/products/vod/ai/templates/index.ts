/** AI templates (VOD manual 11.1). */

import { addAITemplate, deleteAITemplate, setDefaultAITemplate, updateAITemplate } from './change.js'
import { getAITemplate, getDefaultAITemplate, listAITemplate } from './get.js'

/** The Actions of AI templates, in the order of the manual. */
export const aiTemplateActions = [
  addAITemplate,
  deleteAITemplate,
  updateAITemplate,
  getAITemplate,
  listAITemplate,
  setDefaultAITemplate,
  getDefaultAITemplate,
] as const
