/** Following a table: several may be told of its changes. */

import type { ChangeListener, StateTable, Telling } from './part.js'

/** Has `listener` called after an entry of a table was added, changed or removed. Returns a function that ends this. */
export function follow(table: Pick<StateTable, 'onChange'>, listener: ChangeListener): () => void {
  table.onChange = telling([...(table.onChange?.listeners ?? []), listener])
  return () => {
    table.onChange = telling((table.onChange?.listeners ?? []).filter((each) => each !== listener))
  }
}

/** Nobody, if there is nobody to be told: then a change costs one comparison. */
function telling(listeners: readonly ChangeListener[]): Telling | undefined {
  if (listeners.length === 0) return undefined
  const tell: ChangeListener = (key, placed) => {
    for (const each of listeners) each(key, placed)
  }
  return Object.assign(tell, { listeners })
}
