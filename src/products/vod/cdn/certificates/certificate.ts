/** Certificates of domains: what their PEM says. */

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { timestampSchema } from '../../../../base/time-schemas.js'
import { fromIso } from '../../../../base/times.js'
import { ofNoApp } from '../../shared/apps/rule.js'

export const certificateSchema = z.object({
  /** Seven digits. */
  certId: z.string(),
  name: z.string(),
  /** The certificate with those that it goes back to. */
  pem: z.string(),
  /** Host that it was made for. */
  common: z.string(),
  /** Who has issued it. */
  issuer: z.string(),
  fingerprint: z.string(),
  /** From when to when it is good, in milliseconds since 1970, as all instants here. */
  from: timestampSchema,
  until: timestampSchema,
  uploadedAt: timestampSchema,
})

/** See {@link certificateSchema}. Its private key is checked, and not kept. */
export type Certificate = z.output<typeof certificateSchema>

export const certificateRecords = {
  certificates: {
    name: 'vod.certificates',
    schema: certificateSchema,
    keyOf: ({ certId }: Certificate) => certId,
    indexes: { name: ({ name }: Certificate) => name },
    app: ofNoApp,
  },
}

// Base64 has no hyphens: however often a block begins, it is read once.
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[^-]+-----END (?:[A-Z]+ )?PRIVATE KEY-----/

/** What is wrong with a certificate and its key, by the code that the service has for it. */
export interface CertificateFault {
  code:
    | 'Certificate.FormatError'
    | 'InvalidCertificate'
    | 'Certificate.KeyNull'
    | 'SSLPri.Malformed'
    | 'InvalidSSLPri'
    | 'Certificate.MissMatch'
    | 'Certificate.StatusError'
    | 'SetDomainSSLPub.ParameterError'
  param: 'SSLPub' | 'SSLPri'
  reason: string
}

/** Reads a certificate for a domain, or tells what is wrong with it or its key. `now`: the account's time, after which it must be good. */
export function readCertificate(
  { pem, key, domain }: { pem: string; key: string; domain: string },
  now: number,
): Omit<Certificate, 'certId' | 'name' | 'uploadedAt'> | CertificateFault {
  const fault = (code: CertificateFault['code'], param: CertificateFault['param'], reason: string) => ({ code, param, reason })
  const blocks = pem.match(CERTIFICATE) ?? []
  if (blocks.length === 0) return fault('Certificate.FormatError', 'SSLPub', 'is not a certificate in PEM')
  const chain = blocks.map((block) => parsed(() => new X509Certificate(block)))
  const [own] = chain
  if (own === undefined || chain.includes(undefined))
    return fault('InvalidCertificate', 'SSLPub', 'has the frame of a certificate, and no certificate in it')
  if (key.trim() === '') return fault('Certificate.KeyNull', 'SSLPri', 'is blank')
  const [keyBlock] = key.match(KEY) ?? []
  if (keyBlock === undefined) return fault('SSLPri.Malformed', 'SSLPri', 'is not a private key in PEM')
  const privateKey = parsed(() => createPrivateKey(keyBlock))
  if (privateKey === undefined) return fault('InvalidSSLPri', 'SSLPri', 'has the frame of a private key, and no such key in it')
  if (!own.checkPrivateKey(privateKey)) return fault('Certificate.MissMatch', 'SSLPri', 'is not the key of the certificate')
  const [from, until] = [instantOf(own.validFrom), instantOf(own.validTo)]
  if (now > until) return fault('Certificate.StatusError', 'SSLPub', `was good from ${own.validFrom} to ${own.validTo}, and is not now`)
  if (!covers(own, domain)) return fault('SetDomainSSLPub.ParameterError', 'SSLPub', `is not for ${domain}`)
  return {
    pem,
    common: nameIn(own.subject, 'CN'),
    issuer: nameIn(own.issuer, 'O') || nameIn(own.issuer, 'CN'),
    fingerprint: own.fingerprint,
    from,
    until,
  }
}

function parsed<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** True if a certificate is for a domain, or for all names that it stands for. */
const covers = (certificate: X509Certificate, domain: string): boolean =>
  certificate.checkHost(domain.startsWith('.') ? `any${domain}` : domain) !== undefined

/** True if a certificate that was read is for a domain. */
export const isFor = ({ pem }: Certificate, domain: string): boolean => covers(new X509Certificate(pem), domain)

/** `CN` of `CN=example.com\nO=…`; empty if it is not there. */
const nameIn = (names: string | undefined, field: string): string => new RegExp(`^${field}=(.*)$`, 'm').exec(names ?? '')?.[1] ?? ''

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Milliseconds since 1970 of `Nov  8 09:00:00 2026 GMT`. */
function instantOf(text: string): number {
  const [, month = '', day, time, year] = /^(\w{3}) +(\d+) ([\d:]{8}) (\d{4}) GMT$/.exec(text) ?? []
  return fromIso(`${year}-${MONTHS.indexOf(month) + 1}-${day}T${time}Z`) ?? 0
}
