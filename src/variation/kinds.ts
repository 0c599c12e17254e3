/** The ways in which an answer may differ and still be what the documents say: by name, and what each does. */

/** One way to differ. */
interface KindFacts {
  /** What is different, for people. */
  what: string
  /** True of one that has to be asked for by name: consumers that go by the manuals' examples may not bear it. */
  onlyIfAsked?: true
}

/** Every kind, by name: `<family>.<kind>`. docs/testing.md says of each family what allows it. */
export const kinds = {
  'absent.text': { what: 'an optional text is left out, which the example of the manual does not have either' },
  'absent.number': { what: 'the same of a number or a boolean' },
  'absent.object': { what: 'the same of an object' },
  'absent.list': { what: 'the same of a list' },
  'bare.text': { what: 'an optional text is left out, though the example of the manual has it', onlyIfAsked: true },
  'bare.number': { what: 'the same of a number or a boolean', onlyIfAsked: true },
  'bare.object': { what: 'the same of an object', onlyIfAsked: true },
  'bare.list': { what: 'the same of a list', onlyIfAsked: true },
  'order.reversed': { what: 'a list without a promised order is the other way round' },
  'order.rotated': { what: 'such a list begins in its middle' },
  'order.shuffled': { what: 'such a list is in any order' },
  'order.members': { what: 'the members of objects are in any order, RequestId included' },
  'id.shorter': { what: 'an id of VOD has 20 digits instead of 32' },
  'id.longer': { what: 'an id of VOD has 36 digits' },
  'id.hyphenated': { what: 'an id of VOD is written with hyphens' },
  'requestId.version': { what: 'a RequestId is a UUID of another version' },
  'requestId.variant': { what: 'a RequestId is a UUID of no variant that the standard knows, as some of the manual are' },
  'json.indented': { what: 'the JSON is in many lines' },
  'json.spaced': { what: 'the JSON has blanks behind colons and commas' },
  'json.lineBreak': { what: 'the JSON ends with a line break' },
  'json.escapedSlashes': { what: 'slashes in texts are escaped' },
  'json.escapedText': { what: 'characters beyond ASCII are escaped' },
  'number.trailingZero': { what: 'a number with a fraction ends in 0' },
  'number.exponent': { what: 'a number with a fraction has an exponent' },
  'xml.indented': { what: 'the XML is in many lines' },
  'xml.noProlog': { what: 'the XML has no prolog' },
  'xml.singleQuotes': { what: 'the prolog has single quotes' },
  'xml.upperCaseEncoding': { what: 'the prolog says UTF-8' },
  'xml.emptyElements': { what: 'an element without content is one tag' },
  'xml.cdata': { what: 'texts with reserved characters are CDATA sections' },
  'xml.references': { what: 'characters beyond ASCII are references' },
  'contentType.blank': { what: 'Content-Type has a blank before its parameter' },
  'contentType.upperCase': { what: 'Content-Type says UTF-8' },
  'contentType.bare': { what: 'Content-Type names no charset' },
  'contentType.applicationXml': { what: 'XML is application/xml' },
  'refusal.otherParameter': { what: 'of several parameters that are wrong, a later one is named, with its own code' },
  'refusal.noRecommend': { what: 'a refusal has no Recommend, as those in the manuals' },
  'value.unknown': { what: 'a text that has documented values has another one: its type is String', onlyIfAsked: true },
  'field.unknown': { what: 'an object has a field more', onlyIfAsked: true },
  'busy.throttled': { what: 'a call is refused with Throttling.User, and not run', onlyIfAsked: true },
  'busy.unavailable': { what: 'a call is refused with ServiceUnavailable, and not run', onlyIfAsked: true },
  'busy.internalError': { what: 'a call is refused with InternalError, and not run', onlyIfAsked: true },
} as const satisfies Readonly<Record<string, KindFacts>>

/** Name of a kind. */
export type Kind = keyof typeof kinds

/** All names. */
export const kindNames = Object.keys(kinds) as readonly Kind[]

/** The kinds that a name means: one, those of a family (`json.*`), or all (`*`). None if there is nothing of this name. */
export const kindsOf = (name: string): readonly Kind[] =>
  name === '*' ? kindNames : kindNames.filter((kind) => kind === name || (name.endsWith('.*') && kind.startsWith(name.slice(0, -1))))

/** The kinds that nobody has to ask for. */
export const usualKinds = kindNames.filter((kind) => !('onlyIfAsked' in kinds[kind]))
