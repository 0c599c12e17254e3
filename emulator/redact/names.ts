/** Which names stand for what is nobody else's business, wherever they stand: in parameters, headers, JSON, XML, forms, URLs and cookies. */

/** A name without what writers differ in: `x-oss-security-token`, `SecurityToken`; of `Credentials.SecurityToken` and `Tokens.1`, the last part that is a name. */
const plain = (name: string): string => {
  const whole = name.replace(/(?:\.\d+)+$/, '')
  const last = whole.slice(whole.lastIndexOf('.') + 1)
  return last.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Ends of the names of keys, secrets, tokens, signatures and what they are made with. */
const SECRET =
  /(?:signature|nonce|secret|token|password|passwd|credentials?|privatekey|authkey\d*|authorization|authinfo|cookie|accesskey(?:id)?|apikey|playkey|encryptkey|decryptkey|plaintext|stringtosign(?:bytes)?|signatureprovided|canonicalrequest(?:bytes)?)s?$/

/** Other names of such: the private key of a certificate, the key of a play URL, the random number of a player. */
const SECRETS = new Set(['sslpri', 'sign', 'rand', 'key1', 'pwd'])

/** Names of ids that an Alibaba Cloud account or its users have. */
const ACCOUNTS =
  /^(?:accountid|accountuid|aliuid|aliyunuid|aliyunid|uid|userid|ownerid|owneruid|owneraccount|resourceowneraccount|customerid|resourceownerid|resourcerealownerid|calleruid|callerid|parentuid)$/

/** Names of what holds secrets beside other things, as JSON, mostly in Base64. */
const CONTAINERS = new Set(['uploadauth', 'playauth', 'policy', 'encodedpolicy'])

/** What a name says of its value. */
export type Sensitivity = 'secret' | 'container' | 'account' | 'credential' | undefined

/** Tells what a name says of its value. */
export function sensitivityOf(named: string): Sensitivity {
  const name = plain(named)
  if (CONTAINERS.has(name)) return 'container'
  // The id of the key, and for which day, region and service it has signed.
  if (name === 'credential' || name === 'xosscredential') return 'credential'
  if (SECRETS.has(name) || SECRET.test(name)) return 'secret'
  return ACCOUNTS.test(name) ? 'account' : undefined
}

/** Members of an object that together are a name and its value, such as `argName` and `argValue`. */
const PAIRS: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^(?:arg|parameter|param|field|header|attribute)?name$/i, /^(?:arg|parameter|param|field|header|attribute)?value$/i],
  [/^(?:tag)?key$/i, /^(?:tag)?value$/i],
]

/** In an object that is a name and a value: the member that holds the value of a sensitive name. */
export function namedByPair(object: Readonly<Record<string, unknown>>): Map<string, string> {
  const named = new Map<string, string>()
  const members = Object.keys(object)
  if (members.length > 12) return named
  for (const [name, value] of PAIRS) {
    const [nameAt, valueAt] = [members.find((each) => name.test(each)), members.find((each) => value.test(each))]
    const said = nameAt === undefined ? undefined : object[nameAt]
    if (valueAt !== undefined && typeof said === 'string') named.set(valueAt, said)
  }
  return named
}

/** The same among parameters, of which `Function.1.ArgName` and `Function.1.ArgValue` belong together. */
export function namedByFlatPair(parameters: readonly (readonly [name: string, value?: string])[]): Map<string, string> {
  const groups = new Map<string, Record<string, string>>()
  for (const [name, value = ''] of parameters) {
    const dot = name.lastIndexOf('.')
    if (dot < 0) continue
    const group = groups.get(name.slice(0, dot)) ?? {}
    group[name.slice(dot + 1)] = value
    groups.set(name.slice(0, dot), group)
  }
  return new Map([...groups].flatMap(([prefix, group]) => [...namedByPair(group)].map(([member, said]) => [`${prefix}.${member}`, said])))
}
