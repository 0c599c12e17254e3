/** The command `vod-viapi-emulator verify`: verifies a consumer's pacts against a fresh cloud. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { formatReport, VerifyError, type VerifyOptions, verifyPacts } from '../contracts/index.js'
import pkg from '../package.json' with { type: 'json' }
import { FILE_BOUNDS, readJson } from '../src/base/json.js'

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
    .argument('[pacts...]', 'Pact files, or folders of them')
    .addOption(new Option('--provider <name>', 'only pacts with this provider (default: all; a broker needs one)'))
    .addOption(new Option('--scheme <signature>', 'signature of requests whose pact shows none').choices(['acs3', 'rpc']).default('acs3'))
    .addOption(new Option('--consumer-filters <names...>', 'only pacts of these consumers'))
    .addOption(new Option('--pact-broker-url <url>', 'a broker to ask for pacts (default: PACT_BROKER_BASE_URL, if no files are named)'))
    .addOption(new Option('--pact-broker-token <token>', 'its token (default: PACT_BROKER_TOKEN)'))
    .addOption(new Option('--consumer-version-selectors <json>', 'which versions of consumers, as a JSON list').argParser(readSelectors))
    .addOption(new Option('--enable-pending', 'what has never been satisfied fails nothing'))
    .addOption(new Option('--include-wip-pacts-since <day>', 'work in progress since a day such as 2026-01-01, too'))
    .addOption(new Option('--publish-verification-result', 'tell the broker what has come of it'))
    .addOption(new Option('--provider-version <version>', 'version under which it is told'))
    .addOption(new Option('--provider-version-branch <branch>', 'branch of that version'))
    .addOption(new Option('--build-url <url>', 'where the build can be looked at'))
    .helpOption('--help', 'show this help')
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
    const report = await verifyPacts({ ...command.opts<VerifyOptions>(), pacts: command.args })
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

const selectorsSchema = z.array(z.record(z.string(), z.union([z.string(), z.boolean()])))

/** Reads selectors of versions. */
function readSelectors(text: string): z.output<typeof selectorsSchema> {
  let document: unknown
  try {
    document = readJson(text, FILE_BOUNDS)
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
  const parsed = selectorsSchema.safeParse(document)
  if (!parsed.success) throw new InvalidArgumentError('It is not a list such as [{"mainBranch": true}].')
  return parsed.data
}
