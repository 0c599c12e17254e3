/** Small pieces of text: marks, codes, facts, JSON, secrets, and what to do where there is nothing. */

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { count, mask, pretty } from '../lib/format.js'
import { t } from '../words/index.js'
import { Button } from './button.js'
import { adviceOn, notifyFailure } from './toasts.js'

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

/** Answers whether it was done. Pages that did not come over TLS, nor from this machine, have no clipboard; what they select can be copied all the same. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {}
  const focused = document.activeElement
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'hidden', readOnly: true })
  // What is beside an open dialog cannot be selected.
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}

/** Copies a text. */
export function Copy({ text, label = t('common.copy') }: { text: string; label?: string }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    if (!(await toClipboard(text))) return notifyFailure(t('common.notCopied'))
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

/** Characters that nobody sees, or that change how others are shown; and blanks where nobody expects them. */
const UNSEEN = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u2000-\u200a]|^\s+|\s+$/gu

/** A name for a character that nobody sees. */
const nameOfUnseen = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Characters of a value that are shown at once. */
const MOST_SHOWN = 500

/** A value that somebody has sent: with a name for each character that could not be seen, and whole if somebody asks for it. */
export function Value({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(text.length <= MOST_SHOWN)
  if (text === '') return <code>""</code>
  const shown = isWhole ? text : text.slice(0, MOST_SHOWN)
  const pieces: ComponentChildren[] = []
  let end = 0
  for (const { 0: unseen, index } of shown.matchAll(UNSEEN)) {
    pieces.push(shown.slice(end, index), <mark>{Array.from(unseen, nameOfUnseen)}</mark>)
    end = index + unseen.length
  }
  return (
    <>
      <code>
        {pieces}
        {shown.slice(end)}
        {!isWhole && '…'}
      </code>
      {!isWhole && (
        <Button class="small" onClick={() => setWhole(true)}>
          {t('common.showAll', { n: count(text.length) })}
        </Button>
      )}
    </>
  )
}

/** Says that a list does not have all that there is. */
export const Newest = ({ shown, total }: { shown: number; total: number }) => (
  <Badge tone="warn">{t('common.newest', { n: count(shown), all: count(total) })}</Badge>
)

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
