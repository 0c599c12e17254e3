/** Objects as they look and sound. With a control token, their bytes are fetched first: a picture cannot bring a token along. */

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { objectPath, readObject } from '../lib/api.js'
import { nameOf } from '../lib/format.js'
import { controlToken } from '../lib/prefs.js'
import { t } from '../words/index.js'
import { useAction } from './button.js'

/** A place in a bucket. */
export interface Place {
  bucket: string
  key: string
}

/** Where an object can be had from by the page itself. */
export function useObjectUrl({ bucket, key }: Place): { url: string | undefined; failed: boolean } {
  const hasToken = controlToken.value !== ''
  const [state, setState] = useState<{ url: string | undefined; failed: boolean }>({ url: undefined, failed: false })
  useEffect(() => {
    if (!hasToken) return
    const stop = new AbortController()
    let made: string | undefined
    readObject(bucket, key, stop.signal).then(
      (blob) => {
        made = URL.createObjectURL(blob)
        setState({ url: made, failed: false })
      },
      () => !stop.signal.aborted && setState({ url: undefined, failed: true }),
    )
    return () => {
      stop.abort()
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [bucket, key, hasToken])
  return hasToken ? state : { url: objectPath(bucket, key), failed: false }
}

/** A picture; `otherwise`: what is there if it cannot be had. */
export function Picture({ place, alt, otherwise }: { place: Place; alt: string; otherwise?: ComponentChildren }) {
  const { url, failed } = useObjectUrl(place)
  const [isBroken, setBroken] = useState(false)
  if (failed || isBroken) return <>{otherwise}</>
  return <img src={url} alt={alt} loading="lazy" decoding="async" onError={() => setBroken(true)} />
}

/** A player for what a browser plays. */
export function Player({ place, kind, label }: { place: Place; kind: 'video' | 'audio'; label: string }) {
  const { url, failed } = useObjectUrl(place)
  const [isBroken, setBroken] = useState(false)
  if (failed || isBroken) return <p class="muted">{t('media.noBytes')}</p>
  const props = { src: url, controls: true, preload: 'metadata' as const, 'aria-label': label, onError: () => setBroken(true) }
  return kind === 'video' ? <video {...props} class="player" playsInline /> : <audio {...props} class="player" />
}

/** Saves an object as a file. */
export function Download({ place }: { place: Place }) {
  const [busy, start] = useAction(async () => {
    const url = URL.createObjectURL(await readObject(place.bucket, place.key))
    const anchor = Object.assign(document.createElement('a'), { href: url, download: nameOf(place.key) })
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  })
  return (
    <button type="button" class="button small" disabled={busy} onClick={start}>
      {t('common.download')}
    </button>
  )
}
