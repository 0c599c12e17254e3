/** Which view is shown: `#/calls/5E1C…`. What stands there is a name and an id, never a secret. */

import { computed, signal } from '@preact/signals'

const current = signal(location.hash)

window.addEventListener('hashchange', () => {
  current.value = location.hash
})

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** View and what of it, in order. */
export const place = computed(() => current.value.replace(/^#\/?/, '').split('/').map(decode))

/** The address of a view: `link('calls', id)`. */
export const link = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

/** Goes to a view. */
export function go(...parts: readonly string[]): void {
  location.hash = link(...parts)
}
