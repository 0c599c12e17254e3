/** What varies in how an answer is written as XML: all of it says the same to who reads XML. */

import { XMLBuilder } from 'fast-xml-parser'
import { shuffledMembers } from './members.js'
import type { Variation } from './variation.js'

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }

/** A document as XML below one root, in one of many ways. */
export function variedXml(root: string, document: object, variation: Variation): string {
  const builder = new XMLBuilder({
    ignoreAttributes: true,
    processEntities: true,
    format: variation.happens('xml.indented'),
    suppressEmptyNode: variation.happens('xml.emptyElements'),
  })
  let text = builder.build({ [root]: shuffledMembers(document, variation) }) as string
  if (text.includes('&') && variation.happens('xml.cdata')) text = withSections(text)
  if (/[\u0080-\uffff]/.test(text) && variation.happens('xml.references')) text = withReferences(text)
  return prolog(variation) + text
}

function prolog(variation: Variation): string {
  switch (variation.oneOf(['xml.noProlog', 'xml.singleQuotes', 'xml.upperCaseEncoding'])) {
    case 'xml.noProlog':
      return ''
    case 'xml.singleQuotes':
      return "<?xml version='1.0' encoding='utf-8'?>"
    case 'xml.upperCaseEncoding':
      return '<?xml version="1.0" encoding="UTF-8"?>'
    default:
      return '<?xml version="1.0" encoding="utf-8"?>'
  }
}

/** Texts with reserved characters as sections, in which these stand for themselves. */
const withSections = (text: string): string =>
  text.replace(/>([^<>]*&[^<>]*)<\//g, (whole, escaped: string) => {
    const plain = escaped.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] as string)
    return plain.includes(']]>') || plain.includes('\r') ? whole : `><![CDATA[${plain}]]></`
  })

/** Not in sections, where a reference would be text. */
const withReferences = (text: string): string =>
  text.replace(/<!\[CDATA\[.*?\]\]>|[\u0080-\u{10ffff}]/gsu, (found) =>
    found.startsWith('<') ? found : `&#x${found.codePointAt(0)?.toString(16)};`,
  )
