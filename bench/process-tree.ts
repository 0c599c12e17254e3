/** What a process and all that it has started use, by the system's account; for programs that cannot be asked themselves. Linux only. */

import { readdirSync, readFileSync } from 'node:fs'

/** Microseconds of the clock ticks in which Linux counts processor time for programs: it has a hundred a second on every machine. */
const MICROSECONDS_PER_TICK = 10_000

/** Microseconds of processor time, in user and system mode, of a process, its descendants, and those of them that have ended. */
export function cpuOfTree(root: number): number {
  const children = new Map<number, number[]>()
  const ticks = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const process = /^\d+$/.test(name) ? readStat(name) : undefined
    if (process === undefined) continue
    ticks.set(Number(name), process.ticks)
    const siblings = children.get(process.parent)
    if (siblings) siblings.push(Number(name))
    else children.set(process.parent, [Number(name)])
  }
  const sum = (pid: number): number => (children.get(pid) ?? []).reduce((all, child) => all + sum(child), ticks.get(pid) ?? 0)
  return sum(root) * MICROSECONDS_PER_TICK
}

/** Of proc(5): the parent, and time in both modes, that of children that have ended and were waited for included. */
function readStat(pid: string): { parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in parentheses, which may have any characters.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) }
  } catch {
    // It has ended in the meantime.
    return undefined
  }
}
