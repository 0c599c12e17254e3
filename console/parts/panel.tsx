/** Where one thing is shown whole, beside the list that it stands in. */

import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../words/index.js'
import { Button } from './button.js'

/** A list, and beside it what of it is open. */
export const Split = ({ children, panel }: { children: ComponentChildren; panel: ComponentChildren }) => (
  <div class={`split ${panel ? 'open' : ''}`}>
    <div class="split-list">{children}</div>
    {panel}
  </div>
)

/** True for a field: what is typed there is not to be lost by a key. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select')

/** Gives the focus to what has opened a panel, or to the list beside it. */
function focusList(opener: Element | null): void {
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener.closest('.split-list') !== null
  const list = document.querySelector<HTMLElement>('.split-list [role=grid], .split-list .media a')
  ;(isThere ? opener : list)?.focus()
}

/** One thing. Escape closes it, unless somebody types in it; the focus goes back to where it was opened. */
export function Panel({
  title,
  sub,
  tools,
  onClose,
  children,
}: {
  title: ComponentChildren
  sub?: ComponentChildren
  tools?: ComponentChildren
  onClose: () => void
  children: ComponentChildren
}) {
  const close = useRef(onClose)
  close.current = onClose
  const box = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const [own, opener] = [box.current, document.activeElement]
    return () => {
      if (own?.contains(document.activeElement)) focusList(opener)
    }
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (!isTyping(event.target) && !document.querySelector('dialog[open]')) close.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <section ref={box} class="panel" aria-label={typeof title === 'string' ? t('common.details', { name: title }) : undefined}>
      <header class="panel-head">
        <div class="panel-title">
          <h2>{title}</h2>
          {sub && <p class="muted">{sub}</p>}
        </div>
        <div class="buttons">
          {tools}
          <Button look="quiet" icon="close" aria-label={t('common.close')} onClick={onClose} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
      <div class="panel-body" tabIndex={0}>
        {children}
      </div>
    </section>
  )
}

/** A part of a panel, or of a page. */
export const Section = ({
  title,
  tools,
  children,
}: {
  title: ComponentChildren
  tools?: ComponentChildren
  children: ComponentChildren
}) => (
  <section class="section">
    <header>
      <h3>{title}</h3>
      {tools && <div class="buttons">{tools}</div>}
    </header>
    {children}
  </section>
)
