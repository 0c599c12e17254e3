/** Generated pages in English, the language of the definitions. */

import type { Words } from './words.js'

export const english: Words = {
  folder: 'docs',
  yes: 'yes',
  no: 'no',
  sentence: (text) => text,
  summary: ({ summary }) => summary,
  actions: {
    title: 'Actions',
    introduction: [
      'All Actions, by service. The page of each has its parameters with their limits, an example call with its answer, and its errors; the errors that all',
      'of a service have are here. `GET /_emulator/actions` answers the same as data; `{param}` in a message stands for the name of the parameter. Written from the definitions by `npm run docs`; do not edit.',
    ],
    service: (version, host, count) => `Version ${version}, \`${host}\`, ${count} ${count === 1 ? 'Action' : 'Actions'}.`,
    columns: ['Action', 'what it does', 'mode', 'limit'],
    sharedErrors: 'Errors of every Action:',
  },
  action: {
    otherLanguage: '中文',
    allActions: 'All Actions',
    columns: ['service', 'version', 'host', 'mode', 'limit', 'source'],
    manual: (product, chapter) => `${product} manual ${chapter}`,
    modes: { synchronous: 'synchronous', asynchronous: 'asynchronous' },
    limit: ({ limit, per }) => `${limit} calls per ${per}`,
    unlimited: 'none documented',
    accepts: (names) => `Known to official clients, not to the manual, and without effect: ${names.join(', ')}.`,
    facts: (link) => `On this Action the manual and the service of today [disagree](${link}).`,
    parameters: 'Parameters',
    noParameters: 'None.',
    parameterColumns: ['parameter', 'type', 'required', 'default', 'limits'],
    example: 'Example',
    given: (states) => `Given ${states.join(', ')}:`,
    answer: 'The answer:',
    errors: 'Errors',
    sharedErrors: (service, link, own) =>
      own ? `Beside the [errors of every Action of ${service}](${link}):` : `The [errors of every Action of ${service}](${link}).`,
    errorColumns: ['status', 'code', 'message', 'provoked by'],
    provokedBy: { state: 'a situation', fault: 'only a fault' },
    colon: ': ',
  },
  limits: {
    oneOf: (choices, ofEach) => `${ofEach ? 'each ' : ''}one of ${choices.join(', ')}`,
    atLeast: (value) => `at least ${value}`,
    atMost: (value) => `at most ${value}`,
    length: (bound, value, unit, ofEach) => `${ofEach ? 'each ' : ''}at ${bound === 'min' ? 'least' : 'most'} ${value} ${unit}`,
    maxItems: (count) => `at most ${count} elements`,
    separatedBy: (separator) => `separated by "${separator}"`,
    formats: { url: 'URL', 'date-time': 'date and time in UTC', json: 'JSON' },
    ownLimit: "a limit of the emulator's own",
    comma: ', ',
  },
  events: {
    columns: ['event', 'name in EventTypeList', 'sent when', 'Actions of this emulator that lead to it'],
    noAction: 'no Action yet: `POST /_emulator/events`',
  },
  facts: { columns: ['fact', 'manual', 'observed', 'source', 'date'] },
  jobs: { columns: ['kinds of jobs', 'stages', 'time in all', 'attempts', 'known to faults by'], itsParameters: 'its parameters' },
  magic: {
    keys: ['access key', 'VOD', 'imageenhan', 'videoenhan, videorecog, videoseg', 'OSS'],
    files: ['file name', 'MakeSuperResolutionImage (as `.jpg`)', 'SuperResolveVideo', 'UploadMediaByURL', 'CreateUploadVideo'],
    objects: ['name of the object', 'status'],
  },
  scenarios: { columns: ['scenario', 'what a client sees', 'parameters'] },
  states: { columns: ['state', 'what holds then', 'parameters', 'gives'] },
}
