/** Numbers by which the door and the verifier speak of interactions. */

import type { PactFile, PactInteraction } from './files.js'
import { NUMBER_HEADER, type Trial } from './server.js'

/**
 * A Pact file with each interaction's number in place of its description and its provider states, and in a header of its request: so the door knows
 * which interaction it is asked about, and the verifier's findings can be told apart. What is expected of the answers stays as it is. The interactions
 * join `trials`, whose places are their numbers; of those that are not included, nothing is left.
 */
export function numberedFile(file: PactFile, trials: Trial[], includes: (interaction: PactInteraction) => boolean): object {
  const listed = (list: PactInteraction['list']): object[] =>
    file.interactions.flatMap((interaction) => {
      if (interaction.list !== list || !includes(interaction)) return []
      const number = trials.push({ file, interaction }) - 1
      return interaction.kind === 'dialogue' ? [] : [numbered(interaction, String(number))]
    })
  const [interactions, messages] = [listed('interactions'), listed('messages')]
  // A file of specification 3 has one of the two: with both, its messages would be passed over.
  return { ...file.raw, ...(messages.length > 0 ? { interactions: undefined, messages } : { interactions, messages: undefined }) }
}

function numbered({ kind, raw }: PactInteraction, number: string): object {
  const { request = {}, ...rest } = raw
  return {
    ...rest,
    description: number,
    providerState: undefined,
    providerStates: [{ name: number }],
    ...(kind === 'call' && { request: { ...request, headers: { ...request.headers, [NUMBER_HEADER]: number } } }),
  }
}
