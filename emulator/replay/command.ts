/** The command `vod-viapi-emulator replay`: replays a recording, and says whether the replies are the same. */

import { Command, CommanderError, Option } from 'commander'
import pkg from '../../package.json' with { type: 'json' }
import { RecordingError } from '../record/recording-error.js'
import { type Replied, replay } from './replay.js'
import { formatReport } from './report.js'

/** Every reply is the same, or none was to be compared; one is not; the file or the arguments cannot be used. */
const EXIT = { ok: 0, differs: 1, usage: 2 } as const

/** Characters shown of a reply's body. */
const MAX_CHARACTERS = 500

/**
 * Runs the command with the arguments that follow `replay`, and returns its exit code: 0 if every reply is the one that was recorded (without
 * `--expect`: in any case), 1 if one is not, 2 if the arguments or the file cannot be used. Results go to stdout, anything else to stderr.
 */
export async function runReplay(args: readonly string[]): Promise<number> {
  const command = new Command(`${pkg.name} replay`)
    .description('Replays a recording in a fresh cloud: the same calls at the same times. Prints the replies, or compares them.')
    .argument('<file>', 'what was recorded with --record')
    .addOption(new Option('--expect', 'compare the replies with those that were recorded, and report the first difference'))
    .addOption(new Option('--seed <text>', 'seed of the cloud (default: the recorded one)'))
    .helpOption('--help', 'show this help')
    .allowExcessArguments(false)
    .exitOverride()
  const say = (text: string): boolean => process.stderr.write(`${pkg.name} replay: ${text}\n`)
  try {
    command.parse(args, { from: 'user' })
    const { expect: compare = false, seed } = command.opts<{ expect?: boolean; seed?: string }>()
    const print = (replied: Replied): boolean => process.stdout.write(`${describeReply(replied)}\n`)
    const report = await replay(command.args[0] as string, {
      compare,
      ...(seed !== undefined && { seed }),
      ...(!compare && { onReply: print }),
    })
    if (report.cut) say('the last line of the recording ends in the middle; everything before it was replayed')
    if (report.recordedWith !== undefined) say(`recorded with version ${report.recordedWith}, replayed with version ${pkg.version}`)
    process.stdout.write(`${compare ? formatReport(report) : `${report.calls} calls`}\n`)
    return report.difference ? EXIT.differs : EXIT.ok
  } catch (error) {
    // commander has said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (!(error instanceof RecordingError)) throw error
    say(error.message)
    return EXIT.usage
  }
}

function describeReply({ call, name, reply: { status, body, stream, connection } }: Replied): string {
  const shown = typeof body === 'string' && body !== '' ? body.slice(0, MAX_CHARACTERS) : stream ? 'piece by piece' : `${body.length} bytes`
  // One a line, whatever is in it.
  const answered = typeof connection === 'object' ? `${status}, reset after ${connection.resetAfter} bytes` : (connection ?? status)
  return `${call} ${name} ${answered} ${shown
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join(' ')}`
}
