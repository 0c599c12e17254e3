/** Under which addresses an emulator is reached, and which of them the URLs have that it hands out. */

/** The hosts that the services have in the cloud itself, and under which a client has reached the emulator: through its proxy, or because their names lead to it. */
export interface RealHosts {
  /** The scheme under which they can be reached. Default: both, and URLs have the one that the manuals say. */
  scheme?: 'http' | 'https' | undefined
  /** The port, where it is not the usual one of the scheme. */
  port?: string | undefined
}

/** By what a client has reached the emulator: the base of a URL, such as `http://127.0.0.1:4010`, or the real hosts. */
export type Origin = string | RealHosts

/** An account, or what of it a caller may see: both have one turn. */
interface Caller {
  turn: object
}

/** What a URL leads to: a host in the cloud, or a path where everything is under one address. */
export interface Target {
  /** `my-bucket.oss-cn-shanghai.aliyuncs.com` */
  host: string
  /** Scheme of such URLs of the real cloud. */
  scheme: 'http' | 'https'
  /** What stands for the host, such as the name of the bucket; empty if nothing does. */
  path: string
}

/** Addresses that are remembered: a client may say of many hosts that they are the emulator's. */
const MAX_KNOWN = 100

/** The addresses of one cloud. They are of where it runs, not of its state: no export or data folder has them. */
export class Addresses {
  /** Base of all URLs that are handed out, such as `http://media.example.com`. Default: as the caller has reached the emulator. */
  #fixed: string | undefined
  /** Where a server listens, if there is one; without one, URLs are those of the real hosts. */
  #own: string | undefined
  /** By account: where its latest call came in. */
  readonly #latest = new WeakMap<Caller['turn'], Origin>()
  /** Bases that URLs have had, the one used last at the end, and what stands behind the name of a bucket in their hosts. */
  readonly #known = new Map<string, string>()

  /** See {@link Addresses}. */
  constructor(fixed?: string) {
    this.fixed = fixed
  }

  get fixed(): string | undefined {
    return this.#fixed
  }

  set fixed(base: string | undefined) {
    this.#fixed = base?.replace(/(?<!\/)\/+$/, '')
    if (this.#fixed !== undefined) this.#know(this.#fixed)
  }

  get own(): string | undefined {
    return this.#own
  }

  set own(base: string | undefined) {
    this.#own = base
    if (base !== undefined) this.#know(base)
  }

  /** Takes note of where a call to an account has come in; of a door that does not know, or in front of which no server is, nothing. */
  reached(account: Caller, origin: Origin | undefined): void {
    if (origin === undefined || this.#own === undefined || this.#fixed !== undefined) return
    if (this.#latest.get(account.turn) === origin) return
    this.#latest.set(account.turn, origin)
    if (typeof origin === 'string') this.#know(origin)
  }

  /**
   * Base of the URLs that an account is given: what was set; else where the call came in that is being answered, or of what happens without one, where
   * the latest did; else where the server listens. `undefined`: the real hosts.
   */
  of(account: Caller): string | undefined {
    const origin = this.#originOf(account)
    return typeof origin === 'string' ? origin : undefined
  }

  /** A URL without a slash at its end, as an account is given it. */
  urlOf(account: Caller, { host, scheme, path }: Target): string {
    const origin = this.#originOf(account)
    if (typeof origin === 'string') return path === '' ? origin : `${origin}/${path}`
    return `${origin?.scheme ?? scheme}://${host}${origin?.port === undefined ? '' : `:${origin.port}`}`
  }

  /** True for a base that URLs have had, as it was written then. */
  knows(base: string): boolean {
    return this.#known.has(base)
  }

  /** True for the base of a URL, such as `http://127.0.0.1:4010`, under which the emulator is or was reached. */
  isHere({ origin }: { origin: string }): boolean {
    for (const base of this.#known.keys()) if (base === origin || new URL(base).origin === origin) return true
    return false
  }

  /** True for a host, with its port, under which the emulator is or was reached. */
  isHost(host: string): boolean {
    for (const base of this.#known.keys()) if (new URL(base).host === host) return true
    return false
  }

  /** The bucket that stands before one of the emulator's own hosts, as in `my-bucket.localhost:4010`. */
  bucketBefore(host: string): string | undefined {
    const [, bucket, rest = ''] = /^([a-z0-9][a-z0-9-]+)\.(.+)$/i.exec(host) ?? []
    if (bucket === undefined) return undefined
    const wanted = rest.toLowerCase()
    // Clients that put the bucket before the host themselves may leave the port out behind it.
    for (const endpoint of this.#known.values())
      if (endpoint === wanted || endpoint.replace(/:\d+$/, '') === wanted) return bucket.toLowerCase()
    return undefined
  }

  /** What stands behind the base of a URL under which the emulator is or was reached: `/my-bucket/film.mp4?…`; `undefined` of any other. */
  behind(url: string): string | undefined {
    for (const known of this.#known.keys()) if (url.startsWith(`${known}/`)) return url.slice(known.length)
    return undefined
  }

  /** Other URLs of what is at this one, if it is here. */
  *othersOf(url: string): Generator<string> {
    const known = [...this.#known.keys()]
    const at = known.find((base) => url.startsWith(`${base}/`))
    if (at === undefined) return
    for (const base of known) if (base !== at) yield base + url.slice(at.length)
  }

  #originOf(account: Caller): Origin | undefined {
    return this.#fixed ?? (this.#own === undefined ? undefined : (this.#latest.get(account.turn) ?? this.#own))
  }

  #know(base: string): void {
    this.#known.delete(base)
    this.#known.set(base, bucketEndpoint(base))
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_KNOWN) break
      if (oldest !== this.#own && oldest !== this.#fixed) this.#known.delete(oldest)
    }
  }
}

/** Behind what a host has the name of a bucket, of an emulator that is reached under this URL: nothing can stand before an address of digits. */
export const bucketEndpoint = (base: string): string => new URL(base).host.replace(/^(?:127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost')
