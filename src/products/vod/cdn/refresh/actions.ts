/** PreloadVodObjectCaches, RefreshVodObjectCaches (VOD manual 13.5.1, 13.5.2). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { oneOf } from '../../../../params/scalars.js'
import { vod } from '../../shared/service/service.js'
import { stateErrors, throttling } from '../common/errors.js'
import { excessOf, objectPaths, readTargets, targetErrors } from './targets.js'
import { preloading, refreshing, startTasks } from './task.js'

const { PreloadQueueFull, 'QuotaPerMinuteExceeded.Refresh': perMinute, ...ofBoth } = targetErrors

// The manual has ServiceBusy of refreshing alone; a domain that is being configured is no better to preload to.
const taskErrors = { ...throttling, ...stateErrors, ...ofBoth }

export const preloadVodObjectCaches = vod.action('PreloadVodObjectCaches', {
  summary: 'Has the nodes of domains get files before anybody plays them.',
  source: 'VOD manual 13.5.1',
  limit: perSecond(50),
  input: () => ({ ObjectPath: objectPaths('InvalidObjectPath.Size.Malformed') }),
  output: () => z.object({ PreloadTaskId: z.string() }),
  errors: {
    ...taskErrors,
    PreloadQueueFull,
    'InvalidObjectPath.Size.Malformed': { status: 400, message: 'The size of ObjectPath is bigger than 1000.' },
  },
  job: preloading,
  async run({ input: { ObjectPath }, account, fail }) {
    const read = readTargets(account, 'preload', ObjectPath)
    if ('fault' in read) return fail(read.fault.code as keyof typeof taskErrors, read.fault)
    const excess = excessOf(account, 'preload', read.targets)
    if (excess) return fail(excess.code as 'PreloadQueueFull', { param: 'ObjectPath', ...excess })
    return { PreloadTaskId: (await startTasks(account, 'preload', read.targets)).join(',') }
  },
})

export const refreshVodObjectCaches = vod.action('RefreshVodObjectCaches', {
  summary: 'Has the nodes of domains forget files or directories, so that the next who plays them gets them anew.',
  source: 'VOD manual 13.5.2',
  limit: perSecond(50),
  input: () => ({
    ObjectPath: objectPaths('InvalidObjectPath.Malformed'),
    ObjectType: oneOf(['File', 'Directory'], { codes: { value: 'InvalidObjectType.ValueNotSupported' } }).default('File'),
  }),
  output: () => z.object({ RefreshTaskId: z.string() }),
  errors: {
    ...taskErrors,
    'InvalidObjectType.ValueNotSupported': { status: 400, message: 'The specified value of "<ObjectType>" is not supported.' },
    'QuotaPerMinuteExceeded.Refresh': perMinute,
  },
  job: refreshing,
  async run({ input: { ObjectPath, ObjectType }, account, fail }) {
    const type = ObjectType === 'File' ? 'file' : 'directory'
    const read = readTargets(account, type, ObjectPath)
    if ('fault' in read) return fail(read.fault.code as keyof typeof taskErrors, read.fault)
    const excess = excessOf(account, type, read.targets)
    if (excess) return fail(excess.code as 'QuotaExceeded.Refresh', { param: 'ObjectPath', ...excess })
    return { RefreshTaskId: (await startTasks(account, type, read.targets)).join(',') }
  },
})
