/** Calls that arrive together are answered together. */

// Not the global one, which a test in the same process may have replaced by one that waits for the test.
import { setImmediate } from 'node:timers'

/** Calls that are answered together at most: the others have to wait for as long as these take. */
const MOST = 64

/** The most calls that are answered as they come before it is found out again whether others come with them. */
const MOST_ALONE = 63

/**
 * Has tasks that come in one turn of the event loop run one behind the other at its end, in the order in which they came. The code of a call, and what it
 * looks at, is then where the processor has it at hand, and not displaced by the reading of the next request: a call takes four fifths of the
 * time. To a task that comes alone this is of no use: once some have, most that follow run as they come. Tasks do not throw.
 */
export function inBatches(): (task: () => void) => void {
  let waiting: (() => void)[] = []
  /** How many tasks have come alone, roughly, and how many run as they come for that. */
  let [alone, atOnce] = [0, 0]
  const runAll = (): void => {
    if (waiting.length === 0) return
    const tasks = waiting
    waiting = []
    alone = tasks.length > 1 ? 0 : Math.min(2 * alone + 1, MOST_ALONE)
    atOnce = alone
    for (const task of tasks) task()
  }
  return (task) => {
    if (atOnce > 0) {
      atOnce--
      return task()
    }
    waiting.push(task)
    if (waiting.length === 1) setImmediate(runAll)
    else if (waiting.length >= MOST) runAll()
  }
}
