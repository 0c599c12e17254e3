/** Documents as XML. */

import { XMLBuilder, type XmlBuilderOptions } from 'fast-xml-parser'
import { lazily } from './lazily.js'

/** What writes documents with these options. */
export function xmlWriter(options: XmlBuilderOptions): (document: object) => string {
  const builder = lazily(() => new XMLBuilder(options))
  return (document) => builder().build(document) as string
}
