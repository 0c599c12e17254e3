/** Small pieces of text: marks, codes, facts, JSON, secrets, and what to do where there is nothing. */

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { mask, pretty } from '../lib/format.js'
import { t } from '../words/index.js'
import { Button } from './button.js'
import { adviceOn } from './toasts.js'

/** How something is: as it should be, under way, wrong. */
export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'plain'

export const Badge = ({ tone = 'plain', children, title }: { tone?: Tone; children: ComponentChildren; title?: string }) => (
  <span class={`badge ${tone}`} title={title}>
    {children}
  </span>
)

/** HTTP status of an answer. */
export const Status = ({ status }: { status: number }) => (
  <span class={`status ${status === 0 ? 'warn' : status >= 500 ? 'bad' : status >= 400 ? 'bad' : 'good'}`}>
    {status === 0 ? '—' : status}
  </span>
)

/** Copies a text. */
export function Copy({ text, label = t('common.copy') }: { text: string; label?: string }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => {})
    setDone(true)
    setTimeout(() => setDone(false), 1500)
  }
  return (
    <Button look="quiet" class="small" icon={done ? 'check' : 'copy'} onClick={copy}>
      {done ? t('common.copied') : label}
    </Button>
  )
}

/** An id, whole, with a way to copy it. */
export const Id = ({ children }: { children: string }) => <code class="id">{children}</code>

/** Code that may be long. */
export const Code = ({ text, wrap = false }: { text: string; wrap?: boolean }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys
  <pre class={`code ${wrap ? 'wrap' : ''}`} tabIndex={0}>
    {text}
  </pre>
)

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Marking more than this takes longer than it helps. */
const MOST_MARKED = 60_000

function marked(text: string): ComponentChildren {
  if (text.length > MOST_MARKED) return text
  const pieces: ComponentChildren[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [whole, quoted, colon] = match
    pieces.push(text.slice(end, match.index))
    const kind = quoted === undefined ? 'literal' : colon === undefined ? 'string' : 'key'
    pieces.push(<span class={`json-${kind}`}>{quoted ?? whole}</span>, colon)
    end = match.index + whole.length
  }
  pieces.push(text.slice(end))
  return pieces
}

/** JSON, with its names and values told apart. Text that is none is shown as it is. */
export function Json({ value }: { value: unknown }) {
  let text = typeof value === 'string' ? value : pretty(value)
  if (typeof value === 'string') {
    try {
      text = pretty(JSON.parse(value))
    } catch {}
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys
    <pre class="code json" tabIndex={0}>
      {marked(text)}
    </pre>
  )
}

/** Names and what they stand for. What is `undefined` is left out. */
export const Facts = ({ of }: { of: readonly (readonly [name: ComponentChildren, value: ComponentChildren | undefined])[] }) => (
  <dl class="facts">
    {of
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** A secret: masked until it is asked for. */
export function Secret({ text, name }: { text: string; name: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <span class="secret">
      <code>{isShown ? text : mask(text)}</code>
      <Button
        look="quiet"
        class="small"
        aria-label={`${t(isShown ? 'common.hide' : 'common.show')}: ${name}`}
        onClick={() => setShown(!isShown)}
      >
        {t(isShown ? 'common.hide' : 'common.show')}
      </Button>
      <Copy text={text} />
    </span>
  )
}

/** Where there is nothing: what would be here, and how to begin. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
)

/** What could not be had, and what to do about it. */
export const Failure = ({ error, retry }: { error: unknown; retry?: () => void }) => (
  <div class="failure" role="alert">
    <p class="empty-title">{t('error.title')}</p>
    <p>{adviceOn(error)}</p>
    {retry && <Button onClick={retry}>{t('common.retry')}</Button>}
  </div>
)

/** Something is on its way. */
export const Loading = () => (
  <p class="loading" role="status">
    {t('common.loading')}
  </p>
)
