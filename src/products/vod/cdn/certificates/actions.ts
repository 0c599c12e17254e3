/** SetVodDomainCertificate, DescribeVodCertificateList, DescribeVodDomainCertificateInfo (VOD manual 13.4.4 to 13.4.6). */

import { z } from 'zod'
import type { Account } from '../../../../account/types.js'
import { perSecond } from '../../../../actions/action.js'
import type { ErrorTable } from '../../../../base/errors.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { oneOf, text } from '../../../../params/scalars.js'
import { isOn } from '../../shared/domains/domain.js'
import { vod } from '../../shared/service/service.js'
import { checkState, domainNamed, knownDomain, notFound, stateErrors } from '../common/errors.js'
import { type Certificate, isFor, readCertificate } from './certificate.js'

/** Certificates that an account keeps; beyond that the oldest that no domain has are forgotten. */
const MAX_CERTIFICATES = 100

const bad = (message: string) => ({ status: 400, message })

const certificateErrors = {
  ...notFound,
  IllegalOperation: stateErrors.IllegalOperation,
  ServiceBusy: stateErrors.ServiceBusy,
  'InvalidDomain.Offline': bad('The domain provided is offline.'),
  'InvalidSSLProtocol.ValueNotSupported': bad('The specified value of parameter Enable is not supported.'),
  'SSLPub.MissingParameter': bad('An input parameter SSLPub that is mandatory for processing the request is not supplied.'),
  'SSLPri.MissingParameter': bad('An input parameter SSLPri that is mandatory for processing the request is not supplied.'),
  InvalidCertificate: bad('The Certificate you provided is malformed!'),
  InvalidSSLPri: bad('The SSLPri you provided is malformed!'),
  'Certificate.MissMatch': bad('The SSLPri does not math the specified Certificate!'),
  'InvalidCertificate.TooLong': bad('The Certificate you provided is over the max length!'),
  'InvalidCertName.TooLong': bad('The Certificate name you provided is over the max length 128!'),
  'SetDomainSSLPub.ParameterError': bad('Parameters have error.'),
  // The manual has another message for the same code: that the certificate does not exist.
  'Certificate.StatusError': bad('The certificate status is error.'),
  DeleteFailed: {
    ...bad('Delete certificate is failed.'),
    faultOnly: 'Certificates are in the account, and can always be deleted.',
  },
  'Certificate.NotFind': bad('Not find the certificate info.'),
  'Certificate.Duplicated': bad('The certificate name is duplicated.'),
  'Certificate.FormatError': bad('The certificate format is error.'),
  'Certificate.KeyNull': bad('The SSLPri is not null.'),
  'SSLPri.Malformed': bad('The SSLPri format is error.'),
  'Certificate.NotPermittedOff': bad('Turn off certificate will change domain scheduling, please contact customer service.'),
  'Certificate.SettedNotEffect': bad(
    "Certificate was successfully setted but does't take effect for protecting current service, please contact customer service.",
  ),
} as const satisfies ErrorTable

export const setVodDomainCertificate = vod.action('SetVodDomainCertificate', {
  summary: 'Switches HTTPS of a domain on, with a certificate, or off.',
  source: 'VOD manual 13.4.4',
  limit: perSecond(30),
  input: () => ({
    DomainName: knownDomain(),
    CertName: text({ maxLength: 128, codes: { length: 'InvalidCertName.TooLong' } }).optional(),
    SSLProtocol: oneOf(['on', 'off'], { codes: { value: 'InvalidSSLProtocol.ValueNotSupported' } }),
    // The manual does not say how long they may be.
    SSLPub: text({ maxBytes: 65_536, ownLimit: true, codes: { length: 'InvalidCertificate.TooLong' } }).optional(),
    SSLPri: text({ maxBytes: 65_536, ownLimit: true, codes: { length: 'InvalidSSLPri' } }).optional(),
  }),
  output: () => z.object({}),
  errors: certificateErrors,
  run({ input: { DomainName, CertName, SSLProtocol, SSLPub, SSLPri }, account, fail }) {
    const { playDomains, clock, vod } = account
    const domain = domainNamed(account, DomainName, fail)
    checkState(domain, ['IllegalOperation', 'ServiceBusy', 'InvalidDomain.Offline'], fail)
    const setCertificate = (certId: string | undefined): Record<string, never> => {
      playDomains.update(domain.name, (draft) => {
        draft.certId = certId
        draft.modifiedAt = clock.now()
      })
      return {}
    }
    if (SSLProtocol === 'off') {
      const present = domain.certId === undefined ? undefined : vod.certificates.get(domain.certId)
      if (CertName !== undefined && CertName !== present?.name)
        fail('Certificate.NotFind', { param: 'CertName', reason: `is not the certificate of ${domain.name}` })
      if (isOn(domain, 'https_force'))
        fail('Certificate.NotPermittedOff', {
          param: 'SSLProtocol',
          reason: `is off, and ${domain.name} sends all players to HTTPS (https_force)`,
        })
      return setCertificate(undefined)
    }
    if (SSLPub === undefined) return fail('SSLPub.MissingParameter', { param: 'SSLPub', reason: 'is needed to switch HTTPS on' })
    if (SSLPri === undefined) return fail('SSLPri.MissingParameter', { param: 'SSLPri', reason: 'is needed to switch HTTPS on' })
    const now = clock.now()
    const read = readCertificate({ pem: SSLPub, key: SSLPri, domain: domain.name }, now)
    if ('code' in read) return fail(read.code, read)
    const named = CertName === undefined ? undefined : vod.certificates.getBy('name', CertName)
    if (named && named.fingerprint !== read.fingerprint)
      fail('Certificate.Duplicated', { param: 'CertName', reason: 'is the name of another certificate of the account' })
    const present = domain.certId === undefined ? undefined : vod.certificates.get(domain.certId)
    const early = { param: 'SSLPub', reason: `is good from ${toUtcSeconds(read.from)} on, and not yet` }
    const inService = present !== undefined && present.until >= now
    if (read.from > now && !inService) fail('Certificate.StatusError', early)
    const certId = named?.certId ?? account.ids.digits(7)
    if (!named) vod.certificates.put({ ...read, certId, name: CertName ?? `cert-${certId}`, uploadedAt: now })
    // It is among the certificates of the account, and the domain keeps the one that players are served with.
    if (read.from <= now) setCertificate(certId)
    forgetUnused(account)
    if (read.from > now) fail('Certificate.SettedNotEffect', early)
    return {}
  },
})

function forgetUnused({ playDomains, vod: { certificates } }: Account): void {
  if (certificates.count <= MAX_CERTIFICATES) return
  const used = new Set(playDomains.all().map(({ certId }) => certId))
  const oldest = certificates.list({ where: ({ certId }) => !used.has(certId), take: certificates.count - MAX_CERTIFICATES }).rows
  for (const { certId } of oldest) certificates.delete(certId)
}

const secondsOf = (instant: number): number => Math.floor(instant / 1000)

export const describeVodCertificateList = vod.action('DescribeVodCertificateList', {
  summary: 'Lists the certificates of the account, or those that are for a domain.',
  source: 'VOD manual 13.4.5',
  limit: perSecond(30),
  input: () => ({ DomainName: knownDomain().optional() }),
  output: () =>
    z.object({
      CertificateListModel: z.object({
        Count: z.number(),
        CertList: z.object({
          Cert: z.array(
            z.object({
              CertId: z.number(),
              CertName: z.string(),
              Common: z.string(),
              Issuer: z.string(),
              Fingerprint: z.string(),
              /** When it was issued, in seconds since 1970. */
              LastTime: z.number(),
            }),
          ),
        }),
      }),
    }),
  run({ input: { DomainName }, account }) {
    const wanted = DomainName?.toLowerCase()
    const found = account.vod.certificates.list({ where: (each) => wanted === undefined || isFor(each, wanted) }).rows
    const certs = found.map(({ certId, name, common, issuer, fingerprint, from }) => ({
      CertId: Number(certId),
      CertName: name,
      Common: common,
      Issuer: issuer,
      Fingerprint: fingerprint,
      LastTime: secondsOf(from),
    }))
    return { CertificateListModel: { Count: certs.length, CertList: { Cert: certs } } }
  },
})

export const describeVodDomainCertificateInfo = vod.action('DescribeVodDomainCertificateInfo', {
  summary: 'Tells of the certificate of a domain, and whether it is still good.',
  source: 'VOD manual 13.4.6',
  limit: perSecond(100),
  input: () => ({ DomainName: knownDomain() }),
  output: () =>
    z.object({
      CertInfos: z.object({
        CertInfo: z.array(
          z.object({
            DomainName: z.string(),
            CertName: z.string(),
            CertDomainName: z.string(),
            CertOrg: z.string(),
            CertLife: z.string(),
            CertExpireTime: z.string(),
            CertType: z.string(),
            Status: z.string(),
            ServerCertificateStatus: z.string(),
          }),
        ),
      }),
    }),
  errors: notFound,
  run({ input: { DomainName }, account, fail }) {
    const { name, certId } = domainNamed(account, DomainName, fail)
    const certificate = certId === undefined ? undefined : account.vod.certificates.get(certId)
    return { CertInfos: { CertInfo: certificate ? [infoOf(account, name, certificate)] : [] } }
  },
})

function infoOf({ clock }: Account, domain: string, certificate: Certificate) {
  // The service has no word of its own for one that has expired.
  const status = clock.now() <= certificate.until ? 'success' : 'failed'
  return {
    DomainName: domain,
    CertName: certificate.name,
    CertDomainName: certificate.common,
    CertOrg: certificate.issuer,
    CertLife: lifeOf(certificate),
    CertExpireTime: toUtcSeconds(certificate.until),
    CertType: 'upload',
    Status: status,
    ServerCertificateStatus: status,
  }
}

/** Days of a month, on average. */
const MONTH = 30.44 * 86_400_000

/** `3 months`, `2 years` */
function lifeOf({ from, until }: Certificate): string {
  const months = Math.max(1, Math.round((until - from) / MONTH))
  return months >= 12 && months % 12 === 0 ? `${months / 12} years` : `${months} months`
}
