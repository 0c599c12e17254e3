import { describe, expect, test } from 'vitest'
import {
  certificate,
  laterCertificate,
  otherCertificate,
  shortCertificate,
  type TestCertificate,
} from '../../../conformance/situations/certificates.js'
import { cdnWorld, configOf } from './support.js'

/** A world with a domain, and a function that switches its HTTPS on. */
async function certificateWorld() {
  const world = cdnWorld()
  await world.addDomain()
  const on = ({ pem, key }: TestCertificate, more: Record<string, string> = {}) =>
    world.refusal('SetVodDomainCertificate', { DomainName: 'cdn.example.com', SSLProtocol: 'on', SSLPub: pem, SSLPri: key, ...more })
  const detail = async () => (await world.call('DescribeVodDomainDetail', { DomainName: 'cdn.example.com' })).body.DomainDetail
  const info = async () => (await world.call('DescribeVodDomainCertificateInfo', { DomainName: 'cdn.example.com' })).body.CertInfos.CertInfo
  return { ...world, on, detail, info }
}

test('a certificate switches HTTPS on: it shows everywhere, and addresses are https', async () => {
  const { call, on, detail, info, upload, advance, play } = await certificateWorld()
  const VideoId = await upload()
  await advance('1m')
  expect((await on(certificate, { CertName: 'own' })).status).toBe(200)
  expect(await detail()).toMatchObject({ SSLProtocol: 'on', CertName: 'own', SSLPub: certificate.pem })
  expect(await info()).toEqual([
    {
      DomainName: 'cdn.example.com',
      CertName: 'own',
      CertDomainName: 'example.com',
      CertOrg: 'Test CA',
      CertLife: '2 years',
      CertExpireTime: '2027-12-01T00:00:00Z',
      CertType: 'upload',
      Status: 'success',
      ServerCertificateStatus: 'success',
    },
  ])
  const { CertificateListModel } = (await call('DescribeVodCertificateList')).body
  expect(CertificateListModel).toMatchObject({
    Count: 1,
    CertList: { Cert: [{ CertName: 'own', Common: 'example.com', Issuer: 'Test CA', LastTime: Date.parse('2025-12-01') / 1000 }] },
  })
  expect((await play(VideoId)).body.PlayInfoList.PlayInfo[0].PlayURL).toMatch(/^https:\/\/cdn\.example\.com\//)
})

test('SSLProtocol off switches it off; the certificate stays in the account', async () => {
  const { call, on, detail, info } = await certificateWorld()
  await on(certificate)
  expect((await call('SetVodDomainCertificate', { DomainName: 'cdn.example.com', SSLProtocol: 'off' })).status).toBe(200)
  expect([await detail(), await info()]).toMatchObject([{ SSLProtocol: 'off' }, []])
  expect((await call('DescribeVodCertificateList')).body.CertificateListModel.Count).toBe(1)
})

test('certificates are listed by the domain that they are for', async () => {
  const { call, addDomain, on } = await certificateWorld()
  await addDomain('cdn.example.org')
  await on(certificate, { CertName: 'own' })
  await on(otherCertificate, { CertName: 'other', DomainName: 'cdn.example.org' })
  const names = async (params: Record<string, string>) =>
    (await call('DescribeVodCertificateList', params)).body.CertificateListModel.CertList.Cert.map(
      ({ CertName }: { CertName: string }) => CertName,
    )
  expect(await names({})).toEqual(['own', 'other'])
  expect(await names({ DomainName: 'any.example.org' })).toEqual(['other'])
  expect(await names({ DomainName: 'example.net' })).toEqual([])
})

test('a certificate expires on the clock of the account', async () => {
  const { account, on, info } = await certificateWorld()
  await on(shortCertificate)
  expect((await info())[0]).toMatchObject({ Status: 'success', CertLife: '3 months' })
  await account.clock.advanceTo('2026-03-01T00:00:01Z')
  expect((await info())[0].Status).toBe('failed')
  expect(await on(shortCertificate)).toMatchObject({ status: 400, code: 'Certificate.StatusError' })
})

const frame = (what: string, content: string) => `-----BEGIN ${what}-----\n${content}\n-----END ${what}-----`

describe.each<[title: string, params: Record<string, string | undefined>, code: string, message: string]>([
  ['without a certificate', { SSLPub: undefined }, 'SSLPub.MissingParameter', 'SSLPub that is mandatory'],
  ['without a key', { SSLPri: undefined }, 'SSLPri.MissingParameter', 'SSLPri that is mandatory'],
  [
    'with a certificate that is none',
    { SSLPub: frame('CERTIFICATE', 'YWJj') },
    'InvalidCertificate',
    'The Certificate you provided is malformed!',
  ],
  ['with a certificate not in PEM', { SSLPub: 'abc' }, 'Certificate.FormatError', 'The certificate format is error.'],
  ['with a key that is none', { SSLPri: frame('PRIVATE KEY', 'YWJj') }, 'InvalidSSLPri', 'The SSLPri you provided is malformed!'],
  ['with a key not in PEM', { SSLPri: 'abc' }, 'SSLPri.Malformed', 'The SSLPri format is error.'],
  ['with a blank key', { SSLPri: ' ' }, 'Certificate.KeyNull', 'The SSLPri is not null.'],
  [
    'with the key of another',
    { SSLPri: otherCertificate.key },
    'Certificate.MissMatch',
    'The SSLPri does not math the specified Certificate!',
  ],
  [
    'with a certificate for another host',
    { SSLPub: otherCertificate.pem, SSLPri: otherCertificate.key },
    'SetDomainSSLPub.ParameterError',
    'Parameters have error.',
  ],
  [
    'with a long name',
    { CertName: 'n'.repeat(129) },
    'InvalidCertName.TooLong',
    'The Certificate name you provided is over the max length 128!',
  ],
  [
    'with a long certificate',
    { SSLPub: 'x'.repeat(65_537) },
    'InvalidCertificate.TooLong',
    'The Certificate you provided is over the max length!',
  ],
  [
    'with another SSLProtocol',
    { SSLProtocol: 'maybe' },
    'InvalidSSLProtocol.ValueNotSupported',
    'The specified value of parameter Enable is not supported.',
  ],
  [
    'off, with the name of another certificate',
    { SSLProtocol: 'off', CertName: 'other' },
    'Certificate.NotFind',
    'Not find the certificate info.',
  ],
])('SetVodDomainCertificate %s', (_title, params, code, message) => {
  test(`is refused with ${code}, and changes nothing`, async () => {
    const { refusal, detail, call } = await certificateWorld()
    const all = { DomainName: 'cdn.example.com', SSLProtocol: 'on', SSLPub: certificate.pem, SSLPri: certificate.key, ...params }
    const given = Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined))
    const refused = await refusal('SetVodDomainCertificate', given)
    expect(refused).toMatchObject({ status: 400, code, message: expect.stringContaining(message) })
    expect((await detail()).SSLProtocol).toBe('off')
    expect((await call('DescribeVodCertificateList')).body.CertificateListModel.Count).toBe(0)
  })
})

test('SetVodDomainCertificate: the name of another certificate is taken: Certificate.Duplicated', async () => {
  const { on } = await certificateWorld()
  await on(certificate, { CertName: 'own' })
  expect(await on(shortCertificate, { CertName: 'own' })).toMatchObject({ status: 400, code: 'Certificate.Duplicated' })
  expect((await on(certificate, { CertName: 'own' })).status).toBe(200)
})

test('SetVodDomainCertificate: what sends players to HTTPS needs it: Certificate.NotPermittedOff', async () => {
  const { on, configure, refusal } = await certificateWorld()
  await on(certificate)
  await configure([configOf('https_force', { enable: 'on' })])
  const refused = await refusal('SetVodDomainCertificate', { DomainName: 'cdn.example.com', SSLProtocol: 'off' })
  expect(refused).toMatchObject({ status: 400, code: 'Certificate.NotPermittedOff' })
})

describe('a certificate that is not good yet', () => {
  const name = 'next'

  test('is kept, and does not take the place of one that players are served with', async () => {
    const { call, on, detail, advance } = await certificateWorld()
    await on(certificate, { CertName: 'own' })
    expect(await on(laterCertificate, { CertName: name })).toMatchObject({ status: 400, code: 'Certificate.SettedNotEffect' })
    expect(await detail()).toMatchObject({ SSLProtocol: 'on', CertName: 'own', SSLPub: certificate.pem })
    const { Cert } = (await call('DescribeVodCertificateList')).body.CertificateListModel.CertList
    expect(Cert).toMatchObject([{ CertName: 'own' }, { CertName: name }])
    await advance('550d')
    expect((await on(laterCertificate, { CertName: name })).status).toBe(200)
    expect(await detail()).toMatchObject({ CertName: name })
  })

  test('is refused where nothing is served over HTTPS', async () => {
    const { call, on } = await certificateWorld()
    expect((await on(laterCertificate)).code).toBe('Certificate.StatusError')
    expect((await call('DescribeVodCertificateList')).body.CertificateListModel.Count).toBe(0)
  })
})
