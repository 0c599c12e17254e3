/** What transcoding by a group consists of: one job for each template, and one for all whose streams become an adaptive one. */

import type { MediaFacts } from '../../../../media/probe.js'
import { type Encryption, type EncryptionRequest, encryptionOf } from '../streams/encryption.js'
import type { Template, TemplateGroup } from '../templates/template-group.js'
import { templatesFor } from './output.js'

/** What one job is to make. */
export interface Order {
  template: Template
  /** Further templates that go into the same package: of streams, and of subtitles. */
  packagedWith?: readonly Template[] | undefined
  /** Left out, nothing is encrypted. */
  encryption?: Encryption | undefined
}

/** The orders of a group for a source, in the order of the templates. */
export function ordersFor({ templates }: Pick<TemplateGroup, 'templates'>, facts: MediaFacts, request: EncryptionRequest): Order[] {
  const suitable = templatesFor({ templates }, facts)
  const packaged = suitable.filter(({ Type }) => Type === 'VideoPackage')
  return suitable.flatMap((template): Order[] => {
    const encryption = encryptionOf(template, templates, request)
    if (template.Type !== 'VideoPackage') return [{ template, ...(encryption && { encryption }) }]
    if (template !== packaged[0]) return []
    const packagedWith = [...packaged.slice(1), ...templates.filter(({ Type }) => Type === 'SubtitlePackage')]
    return [{ template, packagedWith, ...(encryption && { encryption }) }]
  })
}
