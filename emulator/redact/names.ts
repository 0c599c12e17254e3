/** Which names stand for what is nobody else's business, wherever they stand: in parameters, headers, JSON, XML, forms, URLs and cookies. */

import type { Work } from './search.js'

/** A name without what writers differ in: `x-oss-security-token`, `SecurityToken`; of `Credentials.SecurityToken`, `Tokens.1` and `tokens[0]`, the last part that is a name. */
const plain = (name: string): string => {
  const whole = name.replace(/(?:\.\d+|\[\d*\])+$/, '')
  const last = whole.slice(Math.max(whole.lastIndexOf('.'), whole.lastIndexOf(':')) + 1)
  return last.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Ends of the names of keys, secrets, tokens, signatures and what they are made with. */
const SECRET =
  /(?:signature|nonce|secret|secretid|token|password|passwd|passphrase|credentials?|authorization|authinfo|cookie|accesskey(?:id)?|plaintext|stringtosign(?:bytes)?|signatureprovided|canonicalrequest(?:bytes)?|(?:secret|private|auth|api|app|play|sign|signing|master|session|shared|cipher|aes|hmac|encrypt|encryption|decrypt|decryption)key)s?$/

/** Other names of such: the private key of a certificate, the key of a play URL, the random number of a player; signatures and keys in URLs of other clouds. */
const SECRETS = new Set(['sslpri', 'sign', 'rand', 'key1', 'pwd', 'sig', 'jwt', 'qak'])

/** Ends of the names of ids that an Alibaba Cloud account or its users have, and whole names of such. */
const ACCOUNT =
  /(?:accountid|accountuid|aliuid|aliyunuid|aliyunid|ownerid|owneruid|owneraccount|customerid|calleruid|callerid|parentuid|(?:ram|sub)userid|authprincipaldisplayname|^uid|^userid)$/

/** Names of what holds secrets beside other things, as JSON, mostly in Base64. */
const CONTAINERS = new Set(['uploadauth', 'playauth', 'policy', 'encodedpolicy'])

/** How any of these ends: most names do not, and finding that out costs less than looking for all of them. */
const LAST = /[deghiklnoty]s?[^a-z]*$/i

/** Characters at the end of a name that say what it means. */
const LONGEST = 100

/** What a name says of its value. */
export type Sensitivity = 'secret' | 'container' | 'account' | 'credential' | undefined

/** Tells what a name says of its value. */
export function sensitivityOf(named: string): Sensitivity {
  const end = named.slice(-LONGEST)
  if (!LAST.test(end)) return undefined
  const name = plain(end)
  // `Password2` says what `Password` does.
  return meaningOf(name) ?? meaningOf(name.replace(/\d+$/, ''))
}

function meaningOf(name: string): Sensitivity {
  if (CONTAINERS.has(name)) return 'container'
  // The id of the key, and for which day, region and service it has signed.
  if (name === 'credential' || name === 'xosscredential') return 'credential'
  if (SECRETS.has(name) || SECRET.test(name)) return 'secret'
  return ACCOUNT.test(name) ? 'account' : undefined
}

/** True for a text that is itself such a name, in the way in which the services and HTTP write them: `AccessKeySecret`, `x-oss-security-token`. */
export const looksLikeName = (text: string): boolean =>
  /^(?:[A-Z][A-Za-z]+|[A-Za-z]+(?:-[A-Za-z]+)+)$/.test(text) && sensitivityOf(text) !== undefined

/** Members of an object that together are a name and its value, such as `argName` and `argValue`. */
const KINDS_OF_PAIRS: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [
    /^(?:arg|parameter|param|field|header|attribute)?[_-]?name$/i,
    /^(?:(?:arg|parameter|param|field|header|attribute)?[_-]?values?|content)$/i,
  ],
  [/^(?:tag)?[_-]?key$/i, /^(?:tag)?[_-]?values?$/i],
]

/** How many kinds of such pairs there are. */
export const PAIRS = KINDS_OF_PAIRS.length

/** Characters of the longest member of a pair. */
const LONGEST_MEMBER = 16

/** True for a member that holds the name of a pair. */
export const isPairedName = (pair: number, member: string): boolean =>
  member.length <= LONGEST_MEMBER && KINDS_OF_PAIRS[pair]?.[0].test(member) === true

/** True for a member that holds the value of a pair. */
export const isPairedValue = (pair: number, member: string): boolean =>
  member.length <= LONGEST_MEMBER && KINDS_OF_PAIRS[pair]?.[1].test(member) === true

/** True for a member that may be one of a pair. */
export const isPaired = (member: string): boolean => member.length <= LONGEST_MEMBER && /(?:name|key|values?|content)$/i.test(member)

/** Members that say nothing of what they hold, unlike the name of the object or the element in which they are. */
export const isOfItsParent = (member: string): boolean =>
  member.length <= LONGEST_MEMBER && /^(?:values?|items?|strings?|text|content|member|\d+)$/i.test(member)

/** A parameter in the text of a query or a form, with the place of its value. */
export interface Parameter {
  name: string
  value: string
  from: number
  to: number
}

/** Parameters that are looked at in one piece. */
const MOST_AT_ONCE = 1000

/** Characters of the longest name of a parameter that may be one of a pair. */
const LONGEST_PARAMETER = 200

/** `Function.1.ArgName` and `Function.1.ArgValue` are one of a group, of which all but the last part of their names is the same. */
function groupOf(name: string): { group: string; member: string } | undefined {
  if (name.length > LONGEST_PARAMETER) return undefined
  let at = name.length
  while (at > 0 && /[a-z_-]/i.test(name.charAt(at - 1))) at--
  const member = name.slice(at)
  return isPaired(member) ? { group: name.slice(0, at), member } : undefined
}

/** Parameters whose values are named by the values of others: each with the name that is meant. */
export function* namedByPair(parameters: readonly Parameter[]): Work<[name: string, parameter: Parameter][]> {
  const names = new Map<string, string>()
  const values: [key: string, Parameter][] = []
  for (const [index, parameter] of parameters.entries()) {
    if (index % MOST_AT_ONCE === 0) yield
    const found = groupOf(parameter.name)
    if (found === undefined) continue
    for (let pair = 0; pair < PAIRS; pair++) {
      const key = `${pair} ${found.group}`
      if (isPairedName(pair, found.member)) names.set(key, parameter.value)
      else if (isPairedValue(pair, found.member)) values.push([key, parameter])
    }
  }
  return values.flatMap(([key, parameter]) => {
    const name = names.get(key)
    return name === undefined ? [] : [[name, parameter] satisfies [string, Parameter]]
  })
}
