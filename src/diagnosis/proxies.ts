/** What the headers of a call tell of proxies on its way. */

import type { Call } from '../http/call.js'

const PROXY_HEADERS = /^(?:via|forwarded|x-forwarded-.*|x-real-ip|x-original-.*)$/

/** What may help whose signature was broken on the way: names of headers alone, as their values may be anything. */
export function proxyHints(headers: Call['headers']): string[] {
  const names = Object.keys(headers).filter((name) => PROXY_HEADERS.test(name))
  return names.length === 0
    ? []
    : [`the call came through a proxy (${names.slice(0, 5).join(', ')}), which may have changed what was signed`]
}

/** Hosts that proxies say the client has called, each with the header that says so. */
export function forwardedHosts(headers: Call['headers']): { host: string; by: string }[] {
  const named = ['x-forwarded-host', 'x-original-host', 'x-host', 'x-forwarded-server'].map((by) => ({ by, list: headers[by] }))
  const forwarded = /(?:^|[;,\s])host="?([^";,\s]+)/i.exec(headers.forwarded ?? '')?.[1]
  const hosts = [...named, { by: 'forwarded', list: forwarded }].flatMap(({ by, list }) => {
    // Of several proxies, the first is the one nearest to the client.
    const host = list?.split(',', 1)[0]?.trim()
    return host ? [{ host, by }] : []
  })
  const port = headers['x-forwarded-port']?.split(',', 1)[0]?.trim()
  return hosts.flatMap(({ host, by }) =>
    port && !host.includes(':')
      ? [
          { host, by },
          { host: `${host}:${port}`, by: `${by} and x-forwarded-port` },
        ]
      : [{ host, by }],
  )
}
