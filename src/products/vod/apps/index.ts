/** Apps, and who may do what in them (VOD manual 15). That all Actions keep to it is seen to in shared/service/as-caller.ts. */

import { defineChapter } from '../shared/chapter.js'
import { getAppInfos, listAppInfo } from './get.js'
import { attachAppPolicyToIdentity, detachAppPolicyFromIdentity, listAppPoliciesForIdentity } from './grants.js'
import { createAppInfo, deleteAppInfo, updateAppInfo } from './manage.js'
import { moveAppResource } from './move.js'
import { appsStates } from './states.js'

export const apps = defineChapter({
  name: 'apps',
  actions: [
    createAppInfo,
    getAppInfos,
    listAppInfo,
    updateAppInfo,
    deleteAppInfo,
    attachAppPolicyToIdentity,
    detachAppPolicyFromIdentity,
    listAppPoliciesForIdentity,
    moveAppResource,
  ],
  states: appsStates,
})
