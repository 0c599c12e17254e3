/** DescribeVodUserDomains, DescribeVodDomainDetail (VOD manual 13.2.6, 13.2.7). */

import { z } from 'zod'
import { perSecond } from '../../../../actions/action.js'
import { inAnyOrder } from '../../../../actions/promises.js'
import { toUtcSeconds } from '../../../../base/times.js'
import { integer, oneOf, text } from '../../../../params/scalars.js'
import { repeatedObject } from '../../../../params/structures.js'
import { type Domain, domainStatuses } from '../../shared/domains/domain.js'
import { vod } from '../../shared/service/service.js'
import { domainNamed, knownDomain, notFound } from '../common/errors.js'

const searchTypes = {
  fuzzy_match: (name: string, part: string) => name.includes(part),
  pre_match: (name: string, part: string) => name.startsWith(part),
  suf_match: (name: string, part: string) => name.endsWith(part),
  full_match: (name: string, part: string) => name === part,
} as const

type SearchType = keyof typeof searchTypes

const unsupported = (param: string) => ({ status: 400, message: `The specified value of parameter ${param} is not supported.` })

const codesOf = (code: string) => ({ codes: { value: code, format: code, malformed: code, length: code } })

const originInfo = { Type: z.string(), Priority: z.string(), Port: z.number(), Content: z.string() }

const originsOf = ({ sources }: Domain) =>
  sources.map(({ type, priority, port, content }) => ({ Type: type, Priority: priority, Port: port, Content: content }))

const commonInfo = {
  DomainName: z.string(),
  DomainStatus: z.string(),
  Cname: z.string(),
  Description: z.string(),
  GmtCreated: z.string(),
  GmtModified: z.string(),
}

const commonOf = ({ name, status, createdAt, modifiedAt }: Domain) => ({
  DomainName: name,
  DomainStatus: status,
  Cname: `${name.startsWith('.') ? `all${name}` : name}.w.alikunlun.net`,
  // Only the service's console can give one.
  Description: '',
  GmtCreated: toUtcSeconds(createdAt),
  GmtModified: toUtcSeconds(modifiedAt),
})

export const describeVodUserDomains = vod.action('DescribeVodUserDomains', {
  summary: 'Lists domains by name and status, a page at a time.',
  source: 'VOD manual 13.2.6',
  limit: perSecond(100),
  input: () => ({
    PageSize: integer({ min: 1, max: 50, ...codesOf('InvalidPageSize.ValueNotSupported') }).default(20),
    PageNumber: integer({ min: 1, ...codesOf('InvalidPageNumber.ValueNotSupported') }).default(1),
    DomainName: text({ maxLength: 253, ownLimit: true, pattern: /^[\w.-]+$/, ...codesOf('InvalidDomainName.Malformed') }).optional(),
    DomainStatus: oneOf(domainStatuses, codesOf('InvalidDomainStatus.ValueNotSupported')).optional(),
    DomainSearchType: oneOf(Object.keys(searchTypes) as SearchType[], codesOf('InvalidDomainSearchType.ValueNotSupported')).default(
      'fuzzy_match',
    ),
    /** No Action of VOD gives a domain tags, so none has any. */
    Tag: repeatedObject({ Key: text().optional(), Value: text().optional() }, { maxItems: 20 }).optional(),
  }),
  output: () =>
    z.object({
      PageNumber: z.number(),
      PageSize: z.number(),
      TotalCount: z.number(),
      Domains: z.object({
        PageData: z.array(
          z.object({
            ...commonInfo,
            SslProtocol: z.string(),
            Sandbox: z.string(),
            Sources: z.object({ Source: inAnyOrder(z.array(z.object(originInfo))) }),
          }),
        ),
      }),
    }),
  errors: {
    'InvalidPageNumber.ValueNotSupported': unsupported('PageNumber'),
    'InvalidPageSize.ValueNotSupported': unsupported('PageSize'),
    'InvalidDomainName.Malformed': { status: 400, message: 'The specific value of parameter DomainName is malformed.' },
    'InvalidDomainStatus.ValueNotSupported': unsupported('DomainStatus'),
    'InvalidDomainSearchType.ValueNotSupported': unsupported('DomainSearchType'),
  },
  run({ input: { PageSize, PageNumber, DomainName, DomainStatus, DomainSearchType, Tag = [] }, account }) {
    const isNamed = searchTypes[DomainSearchType]
    const found = account.playDomains
      .all()
      .filter(({ name }) => DomainName === undefined || isNamed(name, DomainName.toLowerCase()))
      .filter(({ status }) => DomainStatus === undefined || status === DomainStatus)
      .filter(() => Tag.every(({ Key, Value }) => Key === undefined && Value === undefined))
    const page = found.slice((PageNumber - 1) * PageSize, PageNumber * PageSize)
    return {
      PageNumber,
      PageSize,
      TotalCount: found.length,
      Domains: {
        PageData: page.map((domain) => ({
          ...commonOf(domain),
          SslProtocol: domain.certId === undefined ? 'off' : 'on',
          Sandbox: 'normal',
          Sources: { Source: originsOf(domain) },
        })),
      },
    }
  },
})

export const describeVodDomainDetail = vod.action('DescribeVodDomainDetail', {
  summary: 'Tells of a domain: its status, origins and certificate.',
  source: 'VOD manual 13.2.7',
  limit: perSecond(30),
  input: () => ({ DomainName: knownDomain() }),
  output: () =>
    z.object({
      DomainDetail: z.object({
        ...commonInfo,
        Scope: z.string(),
        Weight: z.string(),
        SSLProtocol: z.string(),
        /** These two only while HTTPS is on. */
        SSLPub: z.string().optional(),
        CertName: z.string().optional(),
        Sources: z.object({ Source: inAnyOrder(z.array(z.object({ ...originInfo, Enabled: z.string(), Weight: z.string() }))) }),
      }),
    }),
  errors: {
    ...notFound,
    ServiceBusy: { status: 403, message: 'The specified Domain is configuring, please retry again later.' },
  },
  run({ input: { DomainName }, account, fail }) {
    // Who waits for a domain to be online asks for its status here: only one that is on its way out has none to tell.
    if (account.playDomains.leaving(DomainName.toLowerCase()))
      fail('ServiceBusy', { param: 'DomainName', reason: 'is the name of a domain that is still being deleted' })
    const domain = domainNamed(account, DomainName, fail)
    const certificate = domain.certId === undefined ? undefined : account.vod.certificates.get(domain.certId)
    return {
      DomainDetail: {
        ...commonOf(domain),
        Scope: domain.scope,
        Weight: '1',
        SSLProtocol: certificate ? 'on' : 'off',
        SSLPub: certificate?.pem,
        CertName: certificate?.name,
        Sources: { Source: originsOf(domain).map((origin) => ({ ...origin, Enabled: 'online', Weight: '10' })) },
      },
    }
  },
})
