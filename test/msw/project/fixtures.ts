import { emulatorTest } from '../../../src/vitest.js'

export const test = emulatorTest({ seed: 7, onUnhandledRequest: 'error' })

export const ENDPOINT = 'https://videoseg.cn-shanghai.aliyuncs.com/'

/** The fetch of a process in which nobody has intercepted anything yet. */
export const ownFetch = fetch
