/** A player for HLS streams. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { controlToken } from '../../lib/prefs.js'
import type { Place } from '../../parts/object.js'
import { adviceOn } from '../../parts/toasts.js'
import { playHls } from './hls.js'

/** Plays a stream, or says why it cannot be played. Of another place it is another one: give it a key. */
export function HlsPlayer({ place, kind, label }: { place: Place; kind: 'video' | 'audio'; label: string }) {
  const element = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    const stop = new AbortController()
    if (element.current) playHls(element.current, place, stop.signal).catch((error) => !stop.signal.aborted && setProblem(adviceOn(error)))
    return () => stop.abort()
  }, [place.bucket, place.key, controlToken.value])
  if (problem !== undefined)
    return (
      <p class="notice bad" role="status">
        {problem}
      </p>
    )
  const props = { ref: element, controls: true, 'aria-label': label }
  return kind === 'video' ? <video {...props} class="player" playsInline /> : <audio {...props} class="player" />
}
