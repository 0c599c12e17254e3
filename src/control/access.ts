/** Routes: what clients need to be told that reach the emulator through its proxy, or over TLS. */

import { z } from 'zod'
import { declareRoutes } from './route.js'

export const accessRoutes = declareRoutes({
  'GET /ca.pem': {
    chapter: 'emulator',
    id: 'getAuthority',
    summary: 'The certificate of the authority that clients of the proxy, and of TLS, are to trust.',
    about: 'none',
    answer: z.never(),
    otherAnswers: { 'application/x-pem-file': 'The certificate.' },
  },
  'GET /proxy.pac': {
    chapter: 'emulator',
    id: 'getProxyAutoConfig',
    summary: 'For browsers: calls to the emulated hosts go through the proxy, all others do not (proxy auto-config).',
    about: 'none',
    answer: z.never(),
    otherAnswers: { 'application/x-ns-proxy-autoconfig': 'The script.' },
  },
})
