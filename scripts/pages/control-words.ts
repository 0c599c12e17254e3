/** What docs/control.md says in a language, beside what the routes declare. */

import { type Chapter, chapters } from '../../src/control/route.js'

/** A language of the page. */
export interface ControlWords {
  /** What stands above the chapters. */
  introduction: readonly string[]
  chapters: Readonly<Record<Chapter, string>>
  /** Heads of the table of what is sent. */
  sent: readonly [name: string, place: string, type: string, meaning: string]
  /** Where a parameter stands. */
  places: Readonly<Record<'path' | 'query' | 'body', string>>
  required: string
  paged: string
  answers: string
  example: string
  noAccount: string
  /** Title of what answers with names hold, and heads of its tables. */
  named: string
  member: readonly [name: string, type: string, meaning: string]
  /** Texts of routes, by their ids, where they are not those of the declarations. */
  summaries?: Readonly<Record<string, string>>
}

export const english: ControlWords = {
  introduction: [
    '# The control API',
    '',
    'Written from the declarations in `src/control` by `npm run docs`; do not edit.',
    '',
    'What a test asks of the emulator itself is under `/_emulator`: JSON in and out. `GET /_emulator` lists it, in a browser as a page, and',
    '`GET /_emulator/control.json` is all of it as an OpenAPI 3.1 document, from which tools make clients in other languages. For TypeScript there is',
    '[`createControl`](client.md#the-control-api), whose `call` takes the routes by the names that they have here.',
    '',
    '- **Which account.** A call is about the account that has the access key `?accessKeyId=`, else about the default account.',
    '- **What is wrong** is answered with status 400 and `{"error": "…"}`, which names the parameter; nothing has changed then. What is not declared is',
    '  refused, too: a misspelt parameter does not pass in silence.',
    '- **Lists** can be had in pages: `?limit=100`, then `?limit=100&after=` the last element of the page before, `?order=desc` from the end. The header',
    '  `x-total-count` says how many elements there are, and `link` where the list goes on.',
    '- **Who may call** it: [configuration.md](configuration.md#who-may-use-the-control-api).',
    '',
  ],
  chapters,
  sent: ['name', 'in', 'type', 'meaning'],
  places: { path: 'path', query: 'query', body: 'body' },
  required: 'required',
  paged: 'In pages, by',
  answers: 'Answers',
  example: 'Example:',
  noAccount: 'About no account.',
  named: 'What answers hold',
  member: ['member', 'type', 'meaning'],
}
