/** Starting, memory, accounts, installing. */

import { atMost, type Figure } from '../figure.js'
import { measureMemory } from '../memory.js'
import { measureSizes } from '../size.js'
import { measureAccount, measureStart } from '../start.js'
import { measureStates } from '../state.js'
import { quartiles, ratios } from '../statistics.js'

/** From the start of the process to its first answer. */
export async function startFigures(quick: boolean): Promise<Figure[]> {
  const { bare, emulator } = await measureStart(quick ? 5 : 15)
  return [
    {
      what: { en: 'bare Fastify, start to first answer', zh: '裸 Fastify，从启动到首次应答' },
      values: [quartiles(bare.milliseconds)],
      unit: 'ms',
    },
    {
      what: { en: 'emulator, start to first answered call', zh: '模拟器，从启动到首次应答' },
      values: [quartiles(emulator.milliseconds)],
      unit: 'ms',
    },
    {
      what: { en: 'emulator against bare Fastify', zh: '模拟器为裸 Fastify 的倍数' },
      values: [ratios(emulator.milliseconds, bare.milliseconds)],
      unit: '×',
      ...atMost(1.6),
    },
    {
      what: { en: 'bare Fastify, memory after first answer', zh: '裸 Fastify，首次应答后的内存' },
      values: [quartiles(bare.memory)],
      unit: 'MB',
    },
    {
      what: { en: 'emulator, memory after first answered call', zh: '模拟器，首次应答后的内存' },
      values: [quartiles(emulator.memory)],
      unit: 'MB',
    },
  ]
}

/** Resident memory after very many calls. */
export async function memoryFigures(): Promise<Figure[]> {
  const { few, many } = await measureMemory()
  return [
    { what: { en: 'memory after 20,000 calls', zh: '20,000 次调用后的内存' }, values: [few], unit: 'MB' },
    { what: { en: 'memory after 200,000 calls', zh: '200,000 次调用后的内存' }, values: [many], unit: 'MB', ...atMost(150) },
    { what: { en: 'the latter against the former', zh: '后者为前者的倍数' }, values: [many / few], unit: '×', ...atMost(2) },
  ]
}

/** Fresh accounts, snapshots, forks, imports. */
export async function accountFigures(quick: boolean): Promise<Figure[]> {
  const { fresh, firstCall } = await measureAccount()
  const { uploaded, created } = await measureStates(quick ? 7 : 25)
  const ofUploaded = { en: '1,000 media with files, jobs and events', zh: '1,000 个带文件、任务与事件的媒资' }
  const ofCreated = { en: '10,000 media, created', zh: '10,000 个已创建的媒资' }
  const state = (of: { en: string; zh: string }, en: string, zh: string, figures: readonly number[], aim = {}): Figure => ({
    what: { en: `${of.en}: ${en}`, zh: `${of.zh}：${zh}` },
    values: [quartiles(figures)],
    unit: 'ms',
    ...aim,
  })
  return [
    { what: { en: 'fresh account in process', zh: '进程内的新账号' }, values: [quartiles(fresh)], unit: 'µs', ...atMost(100) },
    { what: { en: 'its first call', zh: '新账号的首次调用' }, values: [quartiles(firstCall)], unit: 'µs', ...atMost(150) },
    state(ofUploaded, 'saving a snapshot', '保存快照', uploaded.save),
    state(ofUploaded, 'restoring a snapshot', '恢复快照', uploaded.restore),
    state(ofUploaded, 'a fork and its end', '派生及其销毁', uploaded.fork),
    state(ofUploaded, 'import', '导入', uploaded.import),
    state(ofCreated, 'saving a snapshot', '保存快照', created.save),
    state(ofCreated, 'restoring a snapshot', '恢复快照', created.restore),
    state(ofCreated, 'a fork and its end', '派生及其销毁', created.fork, atMost(10)),
    state(ofCreated, 'import', '导入', created.import, atMost(200)),
  ]
}

/** What an installation takes on the disk. */
export async function sizeFigures(): Promise<Figure[]> {
  const { tarball, required, all } = measureSizes()
  return [
    { what: { en: 'the package as a file', zh: '包文件' }, values: [tarball], unit: 'MB' },
    // The check of the package refuses more.
    { what: { en: 'installed, without optional packages', zh: '安装后，不含可选包' }, values: [required], unit: 'MB', ...atMost(55) },
    { what: { en: 'installed, with sharp', zh: '安装后，含 sharp' }, values: [all], unit: 'MB' },
  ]
}
