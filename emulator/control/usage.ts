/** What an account was used for, and what it would have cost. */

import type { Control } from './request.js'

export function usageRoutes({ app, chosen }: Control): void {
  app.get('/usage', (request) => {
    const account = chosen(request)
    return { accountId: account.accountId, ...account.usage.report() }
  })
}
