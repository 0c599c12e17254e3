/** A certificate authority of the emulator's own: it signs a certificate for each host that clients call over TLS. */

// What the library is put together with needs it, and it has to come first.
import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** Keys that every client of today takes, and that are made at once. */
const KEYS = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const

const DAY = 86_400_000

/** Clocks of containers and of other machines may be behind. */
const BEFORE = 30 * DAY

/** How long an authority is valid, and how long a host's certificate is: of those that are valid for longer, browsers take none. */
const AUTHORITY_TIME = 3650 * DAY
const HOST_TIME = 365 * DAY

/** Certificates that are kept: a client may call any number of buckets. */
const MAX_KEPT = 500

/** An authority as PEM: the certificate, which everybody may have, and the key. */
export interface AuthorityPem {
  certificate: string
  key: string
}

/** Makes an authority. No other one has its name, so that a client that trusts several takes the right one. */
export async function createAuthority(): Promise<AuthorityPem> {
  const keys = await newKeys()
  const made = await X509CertificateGenerator.createSelfSigned({
    ...validity(AUTHORITY_TIME),
    name: [{ CN: [`vod-viapi-emulator CA ${randomBytes(4).toString('hex')}`] }, { O: ['vod-viapi-emulator, for tests'] }],
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  })
  return { certificate: pemOf(made), key: privatePem(keys.privateKey) }
}

/** Signs certificates, and keeps those that were asked for last. */
export class Authority {
  readonly #kept = new Map<string, Promise<SecureContext>>()

  private constructor(
    /** The certificate that clients are to trust, as PEM. */
    readonly certificate: string,
    private readonly issuer: X509Certificate,
    private readonly signingKey: webcrypto.CryptoKey,
    /** One pair for all hosts: making one takes longer than signing. */
    private readonly hostKeys: webcrypto.CryptoKeyPair,
  ) {}

  /** Reads an authority. Rejects with an `Error` if it is none. */
  static async from({ certificate, key }: AuthorityPem): Promise<Authority> {
    const issuer = new X509Certificate(certificate)
    const signingKey = await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(key), KEYS, false, ['sign'])
    if (issuer.notAfter.getTime() < Date.now() + HOST_TIME) throw new Error('its certificate ends too soon to sign others')
    const authority = new Authority(pemOf(issuer), issuer, signingKey, await newKeys())
    const signed = await authority.#sign('localhost')
    if (!(await signed.verify({ publicKey: await issuer.publicKey.export(), signatureOnly: true })))
      throw new Error('its key is not that of its certificate')
    return authority
  }

  /** What a server needs to speak TLS as a host: a name, or an address. */
  contextFor(host: string): Promise<SecureContext> {
    const known = this.#kept.get(host)
    this.#kept.delete(host)
    const context = known ?? this.#make(host)
    this.#kept.set(host, context)
    if (known === undefined) context.catch(() => this.#kept.delete(host))
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break
      this.#kept.delete(oldest)
    }
    return context
  }

  async #make(host: string): Promise<SecureContext> {
    const certificate = await this.#sign(host)
    return createSecureContext({
      cert: pemOf(certificate) + this.certificate,
      key: privatePem(this.hostKeys.privateKey),
      minVersion: 'TLSv1.2',
    })
  }

  async #sign(host: string): Promise<X509Certificate> {
    const { publicKey } = this.hostKeys
    return X509CertificateGenerator.create({
      ...validity(HOST_TIME),
      // Clients go by the alternative names; this one has room for 64 characters only, and a host may have more.
      subject: [{ O: ['vod-viapi-emulator, for tests'] }],
      issuer: this.issuer.subjectName,
      publicKey,
      signingKey: this.signingKey,
      signingAlgorithm: SIGNATURE,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }]),
        await SubjectKeyIdentifierExtension.create(publicKey, false),
        await AuthorityKeyIdentifierExtension.create(this.issuer, false),
      ],
    })
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify'])

function validity(time: number): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const now = Date.now()
  // A serial number is positive.
  const serialNumber = `01${randomBytes(15).toString('hex')}`
  return { serialNumber, notBefore: new Date(now - BEFORE), notAfter: new Date(now + time) }
}

const pemOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`

const privatePem = (key: webcrypto.CryptoKey): string => KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()
