/** The command `vod-viapi-emulator compare`: says where a recording of an upstream and the emulator differ. */

import { Command, CommanderError, Option } from 'commander'
import pkg from '../package.json' with { type: 'json' }
import { compare } from './compare/compare.js'
import { formatComparison } from './compare/report.js'
import { OptionError, readConfig } from './options.js'
import { RecordingError } from './record/recording-error.js'

/** Nothing differs; something does; the file or the arguments cannot be used, or there is nothing in the file to compare. */
const EXIT = { same: 0, differs: 1, usage: 2 } as const

/**
 * Runs the command with the arguments that follow `compare`, and returns its exit code: 0 if nothing differs, 1 if something does, 2 if the arguments or the
 * file cannot be used, or if nothing in it could be compared. Results go to stdout, anything else to stderr.
 */
export async function runCompare(args: readonly string[]): Promise<number> {
  const command = new Command(`${pkg.name} compare`)
    .description(
      'Makes the calls of a recording to the emulator, in a fresh account, and says where its answers differ from those of the upstream.',
    )
    .argument('<file>', 'what was recorded with --upstream and --record')
    .addOption(new Option('--json', 'the result as JSON'))
    .addOption(
      new Option('--config <file>', 'configuration file with settings, a world and assets for the account (docs/configuration.md)'),
    )
    .helpOption('--help', 'show this help')
    .allowExcessArguments(false)
    .exitOverride()
  const say = (text: string): boolean => process.stderr.write(`${pkg.name} compare: ${text}\n`)
  try {
    command.parse(args, { from: 'user' })
    const { json = false, config } = command.opts<{ json?: boolean; config?: string }>()
    const { settings, world, assets, seed } = config === undefined ? {} : readConfig(config)
    const cloud = { ...(settings && { settings }), ...(world && { world }), ...(assets && { assets }), ...(seed !== undefined && { seed }) }
    const comparison = await compare(command.args[0] as string, { cloud })
    if (comparison.cut) say('the last line of the recording ends in the middle; everything before it was compared')
    process.stdout.write(`${json ? JSON.stringify(comparison, undefined, 2) : formatComparison(comparison)}\n`)
    if (comparison.differences.length > 0) return EXIT.differs
    if (comparison.compared > 0) return EXIT.same
    say(`no call of ${command.args[0]} could be compared`)
    return EXIT.usage
  } catch (error) {
    // commander has said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.same : EXIT.usage
    if (!(error instanceof RecordingError || error instanceof OptionError || error instanceof RangeError)) throw error
    say(error.message)
    return EXIT.usage
  }
}
