/** The index of the emulator for people: where to look next. */

import type { FastifyReply } from 'fastify'

/** What the page shows. */
export interface Index {
  name: string
  version: string
  url: string
  accounts: number
  routes: readonly { route: string; summary: string }[]
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.15rem 1rem .15rem 0;vertical-align:top}'

/** Sends the page. */
export const indexPage = (reply: FastifyReply, { name, version, url, accounts, routes }: Index): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${asHtml(name)}</title><style>${STYLE}</style>` +
        `<h1>${asHtml(name)} ${asHtml(version)}</h1>` +
        `<p>Reached at <code>${asHtml(url)}</code>, with ${accounts} account${accounts === 1 ? '' : 's'}. ` +
        '<a href="/_emulator/console/">The console</a> shows what goes on. The control API as <a href="/_emulator/control.json">OpenAPI</a>, ' +
        'all Actions as <a href="/_emulator/openapi.json">OpenAPI</a> and as a <a href="/_emulator/actions">catalogue</a>.</p>' +
        `<table>${routes.map(row).join('')}</table></html>\n`,
    )

function row({ route, summary }: Index['routes'][number]): string {
  const [method = '', path = ''] = route.split(' ')
  const shown = asHtml(`/_emulator${path}`)
  const linked = method === 'GET' && !path.includes('{') ? `<a href="${shown}">${shown}</a>` : shown
  return `<tr><td><code>${method}</code><td><code>${linked}</code><td>${asHtml(summary)}</tr>`
}

const asHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
