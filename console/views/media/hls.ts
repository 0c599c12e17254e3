/** Playing HLS: by the browser itself where it can, else by hls.js, which is loaded for that alone. */

import { credentials } from '../../lib/api.js'
import { controlToken } from '../../lib/prefs.js'
import type { Place } from '../../parts/object.js'
import { t } from '../../words/index.js'
import { openPlaylist } from './playlist.js'

const TYPE = 'application/vnd.apple.mpegurl'

/** Has an element play a stream until `stop`. Rejects with what is wrong as soon as it cannot, or cannot any more. */
export async function playHls(media: HTMLMediaElement, place: Place, stop: AbortSignal): Promise<void> {
  const url = await openPlaylist(place, stop)
  // A browser brings no control token along, and what it says that it plays is a guess.
  const isTried = controlToken.value === '' && media.canPlayType(TYPE) !== ''
  if (!isTried || !(await playsItself(media, url, stop))) await playWithLibrary(media, url, stop)
}

/** Whether the browser itself plays what is at an address. */
function playsItself(media: HTMLMediaElement, url: string, stop: AbortSignal): Promise<boolean> {
  const end = () => {
    media.removeAttribute('src')
    media.load()
  }
  return new Promise((resolve, reject) => {
    media.addEventListener('loadedmetadata', () => resolve(true), { once: true, signal: stop })
    media.addEventListener('error', () => resolve(false), { once: true, signal: stop })
    stop.addEventListener('abort', () => {
      end()
      reject(stop.reason)
    })
    media.src = url
  })
}

async function playWithLibrary(media: HTMLMediaElement, url: string, stop: AbortSignal): Promise<void> {
  const { default: Hls } = await import('hls.js/light')
  stop.throwIfAborted()
  if (!Hls.isSupported()) throw new Error(t('hls.noSupport'))
  const hls = new Hls({
    // The policy of the page allows none.
    enableWorker: false,
    // What the emulator does not have now, it will not have in a second.
    fragLoadPolicy: { default: { ...Hls.DefaultConfig.fragLoadPolicy.default, errorRetry: null } },
    xhrSetup(request, address) {
      request.open('GET', address)
      for (const [name, value] of Object.entries(credentials())) request.setRequestHeader(name, value)
    },
  })
  try {
    await new Promise((_, reject) => {
      stop.addEventListener('abort', () => reject(stop.reason))
      hls.on(Hls.Events.ERROR, (_event, { fatal, details, error }) => {
        if (fatal) reject(new Error(t('hls.failed', { error: `${details}: ${error.message}` })))
      })
      hls.loadSource(url)
      hls.attachMedia(media)
    })
  } finally {
    hls.destroy()
  }
}
