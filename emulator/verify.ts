/** The command `vod-viapi-emulator verify`: verifies a consumer's pacts against a fresh cloud. */

import { Command, CommanderError, Option } from 'commander'
import { formatReport, VerifyError, verifyPacts } from '../contracts/index.js'
import pkg from '../package.json' with { type: 'json' }

/** All pacts are satisfied; some are not; there was nothing to verify, or a wrong flag. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const

/**
 * Runs the command with the arguments that follow `verify`, and returns its exit code: 0 if every interaction is ok, 1 if one failed, 2 if the
 * arguments or the files cannot be used. The report goes to stdout, anything else to stderr.
 */
export async function runVerify(args: readonly string[]): Promise<number> {
  const command = new Command(`${pkg.name} verify`)
    .description(
      'Verifies Pact files against a fresh cloud: each interaction in an account of its own, its provider states brought about, its request signed.',
    )
    .argument('<pacts...>', 'Pact files, or folders of them')
    .addOption(new Option('--provider <name>', 'only pacts with this provider (default: all)'))
    .addOption(new Option('--scheme <signature>', 'signature of requests whose pact shows none').choices(['acs3', 'rpc']).default('acs3'))
    .helpOption('--help', 'show this help')
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
    const report = await verifyPacts({ ...command.opts(), pacts: command.args })
    process.stdout.write(`${formatReport(report)}\n`)
    return report.ok ? EXIT.ok : EXIT.failed
  } catch (error) {
    // commander has said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (!(error instanceof VerifyError)) throw error
    process.stderr.write(`${pkg.name} verify: ${error.message}\n`)
    return EXIT.usage
  }
}
