/** Transcoding template groups: created, changed, deleted, made the default (VOD manual 8.2.1 to 8.2.3, 8.2.6). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { listOf } from '../../../../base/json.js'
import { paramType, Violated } from '../../../../params/param-type.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { csv, json, parseJson } from '../../../../params/structures.js'
import { newId } from '../../shared/media/new-id.js'
import { appId } from '../../shared/service/app-id.js'
import { vod } from '../../shared/service/service.js'
import { makeDefault } from '../../shared/templates/defaults.js'
import { NO_TRANSCODE } from '../../shared/templates/template-group.js'
import { type Template, templateRequest } from '../../shared/templates/transcode-template.js'
import { id } from '../../upload/params.js'
import { changedTemplate, checkReferences, checkTogether, templateOf } from './check.js'
import {
  changeErrors,
  checkOrdinary,
  checkStorage,
  checkUnlocked,
  createdGroups,
  groupErrors,
  groupNamed,
  MAX_GROUPS,
  MAX_TEMPLATES,
} from './find.js'

const name = () => text({ maxBytes: 128 })

/** More than a group can hold has a code of its own. */
const templateList = () => json(listOf(templateRequest, 100), { maxItems: MAX_TEMPLATES })

const watermarkErrors = {
  WatermarkExceededMax: { status: 400, message: 'The watermark size exceeded maximum.' },
} as const

export const addTranscodeTemplateGroup = vod.action('AddTranscodeTemplateGroup', {
  summary: 'Creates a group of transcoding templates, or adds templates to one.',
  source: 'VOD manual 8.2.1',
  limit: perSecond(5),
  input: () => ({
    /** Without effect beside TranscodeTemplateGroupId. */
    Name: name().optional(),
    TranscodeTemplateList: templateList().optional(),
    TranscodeTemplateGroupId: id().optional(),
    AppId: appId(),
  }),
  output: () => z.object({ TranscodeTemplateGroupId: z.string() }),
  errors: {
    ...groupErrors,
    ...changeErrors,
    'Forbidden.SpecialTemplateGroup': { status: 403, message: 'The transcode template group is using for special purpose.' },
    TrasncodeTemplateGroupExceededMax: { status: 400, message: 'The transcode template group size exceeded maximum.' },
    TranscodeTemplateExceededMax: { status: 400, message: 'The template transcode template config size exceeded maximum.' },
    ...watermarkErrors,
  },
  run({ input: { Name, TranscodeTemplateList = [], TranscodeTemplateGroupId, AppId }, account, fail }) {
    const { clock, vod } = account
    checkStorage(account, fail)
    const group = TranscodeTemplateGroupId === undefined ? undefined : groupNamed(account, TranscodeTemplateGroupId, fail)
    if (group?.templateGroupId === NO_TRANSCODE)
      fail('Forbidden.SpecialTemplateGroup', {
        param: 'TranscodeTemplateGroupId',
        reason: 'is the id of the group that does not transcode',
      })
    if (group) checkUnlocked(group, fail)
    else if (Name === undefined)
      return fail('MissingParameter', { param: 'Name', reason: 'is not given, nor is TranscodeTemplateGroupId; one of them is needed' })
    else if (createdGroups(account) >= MAX_GROUPS)
      fail('TrasncodeTemplateGroupExceededMax', { reason: `the account has created ${MAX_GROUPS} groups, which is all it may have` })
    const former = group?.templates ?? []
    const count = former.length + TranscodeTemplateList.length
    if (count > MAX_TEMPLATES)
      fail('TranscodeTemplateExceededMax', {
        param: 'TranscodeTemplateList',
        reason: `would make it ${count} templates in the group, and at most ${MAX_TEMPLATES} are allowed`,
      })
    const added = TranscodeTemplateList.map((request, index) => {
      checkReferences(account, request, index, fail)
      return templateOf(request, newId(account), index, fail)
    })
    const templates = [...former, ...added]
    checkTogether(templates, 'TranscodeTemplateList', fail)
    const now = clock.now()
    if (group) {
      vod.templateGroups.update(group.templateGroupId, (draft) => {
        draft.templates = templates
        draft.modifiedAt = now
      })
      return { TranscodeTemplateGroupId: group.templateGroupId }
    }
    const { templateGroupId } = vod.templateGroups.put({
      templateGroupId: newId(account),
      name: Name as string,
      isDefault: false,
      locked: false,
      templates,
      appId: AppId,
      createdAt: now,
      modifiedAt: now,
    })
    return { TranscodeTemplateGroupId: templateGroupId }
  },
})

export const updateTranscodeTemplateGroup = vod.action('UpdateTranscodeTemplateGroup', {
  summary: 'Changes the name of a template group, or templates in it, or locks it for good.',
  source: 'VOD manual 8.2.2',
  limit: perSecond(5),
  input: () => ({
    TranscodeTemplateGroupId: id(),
    Name: name().optional(),
    /** By TranscodeTemplateId; what a template says takes the place of what it said before, what it leaves out stays. */
    TranscodeTemplateList: templateList().optional(),
    Locked: oneOf(['Enabled', 'Disabled']).optional(),
  }),
  output: () => z.object({ TranscodeTemplateGroupId: z.string() }),
  // The manual's table has no row for too many watermarks here; the limit is the same.
  errors: { ...groupErrors, ...changeErrors, ...watermarkErrors },
  run({ input: { TranscodeTemplateGroupId, Name, TranscodeTemplateList = [], Locked }, account, fail }) {
    checkStorage(account, fail)
    const group = groupNamed(account, TranscodeTemplateGroupId, fail)
    checkUnlocked(group, fail)
    checkOrdinary(group, fail)
    const templates: Template[] = [...group.templates]
    for (const [index, changes] of TranscodeTemplateList.entries()) {
      const at = templates.findIndex((each) => each.TranscodeTemplateId === changes.TranscodeTemplateId)
      const former = templates[at]
      if (former === undefined)
        return fail('InvalidParameter', {
          param: 'TranscodeTemplateList',
          reason: `at ${index}.TranscodeTemplateId: ${changes.TranscodeTemplateId === undefined ? 'is missing' : 'is not the id of a template of the group'}`,
        })
      checkReferences(account, changes, index, fail)
      templates[at] = changedTemplate(former, changes, index, fail)
    }
    checkTogether(templates, 'TranscodeTemplateList', fail)
    account.vod.templateGroups.update(TranscodeTemplateGroupId, (draft) => {
      draft.name = Name ?? draft.name
      draft.templates = templates
      draft.locked = Locked === 'Enabled'
      draft.modifiedAt = account.clock.now()
    })
    return { TranscodeTemplateGroupId }
  },
})

/** Templates that one call may delete. */
const MAX_DELETED = 10

/** Ids separated by commas, as the manual describes them, or a JSON array of them, as its example has it. */
function templateIds() {
  const list = csv(id(), { maxItems: MAX_DELETED })
  const facts = { type: 'String', format: 'list', separator: ',', minItems: 1, maxItems: MAX_DELETED, items: id() } as const
  return paramType<string[]>(facts, (value) => {
    const ids = value.trimStart().startsWith('[') ? z.array(z.string()).safeParse(parseJson(value)).data : value.split(',', MAX_DELETED + 1)
    if (ids === undefined) return new Violated('format', 'is not a JSON array of ids')
    const { success, data, error } = list.safeParse(ids.join(','))
    return success ? data : new Violated('value', error.issues[0]?.message ?? '')
  })
}

export const deleteTranscodeTemplateGroup = vod.action('DeleteTranscodeTemplateGroup', {
  summary: 'Deletes up to 10 templates of a group, or the whole group.',
  source: 'VOD manual 8.2.3',
  limit: perSecond(5),
  input: () => ({
    TranscodeTemplateGroupId: id(),
    TranscodeTemplateIds: templateIds().optional(),
    /** True: the group with all its templates. */
    ForceDelGroup: oneOf(['true', 'false']).default('false'),
  }),
  output: () => z.object({ NonExistTranscodeTemplateIds: inAnyOrder(z.array(z.string())) }),
  errors: {
    // The manual's message speaks of a template here.
    'InvalidTranscodeTemplateGroup.NotFound': { status: 404, message: 'The transcode template does not exist.' },
    'Forbidden.LockedTemplateGroup': changeErrors['Forbidden.LockedTemplateGroup'],
    'Forbidden.DefaultTemplateGroup': { status: 403, message: 'The transcode template group is default.' },
  },
  run({ input: { TranscodeTemplateGroupId, TranscodeTemplateIds = [], ForceDelGroup }, account, fail }) {
    const { templateGroups } = account.vod
    const group = groupNamed(account, TranscodeTemplateGroupId, fail)
    checkUnlocked(group, fail)
    const ids = new Set(TranscodeTemplateIds)
    const templates = group.templates.filter(({ TranscodeTemplateId }) => !ids.has(TranscodeTemplateId))
    const there = new Set(group.templates.map(({ TranscodeTemplateId }) => TranscodeTemplateId))
    const NonExistTranscodeTemplateIds = [...ids].filter((each) => !there.has(each))
    if (ForceDelGroup === 'true') {
      if (group.isDefault)
        fail('Forbidden.DefaultTemplateGroup', {
          param: 'TranscodeTemplateGroupId',
          reason: 'is the id of the default group; SetDefaultTranscodeTemplateGroup can make another one the default',
        })
      checkOrdinary(group, fail)
      templateGroups.delete(TranscodeTemplateGroupId)
    } else if (templates.length < group.templates.length) {
      checkTogether(templates, 'TranscodeTemplateIds', fail)
      templateGroups.update(TranscodeTemplateGroupId, (draft) => {
        draft.templates = templates
        draft.modifiedAt = account.clock.now()
      })
    }
    return { NonExistTranscodeTemplateIds }
  },
})

export const setDefaultTranscodeTemplateGroup = vod.action('SetDefaultTranscodeTemplateGroup', {
  summary: 'Makes a template group the default of its app, in place of the one that was.',
  source: 'VOD manual 8.2.6',
  limit: perSecond(5),
  input: () => ({ TranscodeTemplateGroupId: id() }),
  output: () => z.object({}),
  errors: groupErrors,
  run({ input: { TranscodeTemplateGroupId }, account, fail }) {
    makeDefault(account.vod.templateGroups, groupNamed(account, TranscodeTemplateGroupId, fail))
    return {}
  },
})
