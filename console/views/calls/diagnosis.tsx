/** Why a signature does not match: what either side has signed, and where the two begin to differ. */

import type { LogEntry } from '../../lib/calls.js'
import { Section } from '../../parts/panel.js'
import { t } from '../../words/index.js'

type Of = NonNullable<LogEntry['diagnosis']>

/** A text that was signed, with the place marked at which it differs from the other. A line break that differs is shown as such. */
function Signed({ title, text, position }: { title: string; text: string; position: number | undefined }) {
  const at = position === undefined ? text.length : Math.min(position, text.length)
  const differs = text.slice(at, at + 1)
  return (
    <figure class="signed">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
      <pre class="code wrap" tabIndex={0}>
        {text.slice(0, at)}
        {position !== undefined && <mark>{differs === '\n' ? '␊\n' : differs === '' ? '∎' : differs}</mark>}
        {text.slice(at + 1)}
      </pre>
    </figure>
  )
}

export function Diagnosis({ cause, comparison, clientStringToSign, serverStringToSign, firstDifference }: Of) {
  return (
    <Section title={t('calls.signature')}>
      <p class="reason">{cause}</p>
      {comparison && !firstDifference && <p class="muted">{comparison}</p>}
      {firstDifference && (
        <figure class="signed">
          <figcaption>{t('calls.signed.difference', { n: firstDifference.position + 1 })}</figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
          <pre class="code" tabIndex={0}>
            {firstDifference.marked.join('\n')}
          </pre>
        </figure>
      )}
      {clientStringToSign !== undefined && (
        <Signed title={t('calls.signed.client')} text={clientStringToSign} position={firstDifference?.position} />
      )}
      <Signed title={t('calls.signed.server')} text={serverStringToSign} position={firstDifference?.position} />
    </Section>
  )
}
