/** Actions of transcoding template groups (VOD manual 8.2). */

import {
  addTranscodeTemplateGroup,
  deleteTranscodeTemplateGroup,
  setDefaultTranscodeTemplateGroup,
  updateTranscodeTemplateGroup,
} from './change.js'
import { getTranscodeTemplateGroup, listTranscodeTemplateGroup } from './query.js'

export const transcodeTemplateActions = [
  addTranscodeTemplateGroup,
  updateTranscodeTemplateGroup,
  deleteTranscodeTemplateGroup,
  listTranscodeTemplateGroup,
  getTranscodeTemplateGroup,
  setDefaultTranscodeTemplateGroup,
] as const
