/** Two strings to sign side by side, with the first difference marked. */

import type { Diagnosis, Difference } from '../base/diagnosis.js'

/** Characters shown before and after the place. */
const BEFORE = 24
const AFTER = 36

/** What a diagnosis says of the two strings. */
export function compare(
  client: string,
  server: string,
): Pick<Diagnosis, 'serverStringToSign' | 'clientStringToSign' | 'comparison' | 'firstDifference'> {
  const both = { serverStringToSign: server, clientStringToSign: client }
  if (client === server)
    return { ...both, comparison: 'the strings to sign are equal; what differs is the key, or what was made of the string with it' }
  const firstDifference = differenceOf(client, server)
  const { position } = firstDifference
  const inLine = (text: string): string => {
    const { before, after } = excerpt(text, position)
    // Headers are ASCII.
    return `${before}>>>${after}`.replaceAll('\n', '\\n').replaceAll('…', '...')
  }
  return {
    ...both,
    comparison: `the strings to sign differ after ${position} characters: client ${inLine(client)}, server ${inLine(server)}`,
    firstDifference,
  }
}

function differenceOf(client: string, server: string): Difference {
  let position = 0
  while (client[position] === server[position]) position++
  const around = (text: string): string => text.slice(Math.max(0, position - BEFORE), position + AFTER)
  const drawn = (text: string): string => {
    const { before, after } = excerpt(text, position)
    return pictures(before + after)
  }
  const indent = 'client: '.length + excerpt(client, position).before.length
  return {
    position,
    client: around(client),
    server: around(server),
    marked: [`client: ${drawn(client)}`, `server: ${drawn(server)}`, `${' '.repeat(indent)}^`],
  }
}

/** What stands before and after a place, with dots where the text goes on. */
function excerpt(text: string, position: number): { before: string; after: string } {
  const start = Math.max(0, position - BEFORE)
  const end = position + AFTER
  const after = text.slice(position, end)
  return {
    before: `${start > 0 ? '…' : ''}${text.slice(start, position)}`,
    after: after === '' ? '<end>' : `${after}${end < text.length ? '…' : ''}`,
  }
}

/** Control characters as the pictures that Unicode has of them, so that lines stay under each other. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const pictures = (text: string): string => text.replace(/[\u0000-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
