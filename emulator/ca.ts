/** The command `vod-viapi-emulator ca`: the certificate authority of a data folder, and how programs are told to trust it. */

import { Command, CommanderError } from 'commander'
import pkg from '../package.json' with { type: 'json' }
import { DataFolderError } from './store/data-folder-error.js'
import { certificatePath, openAuthority } from './tls/authority-files.js'

/** Printed; the folder or the arguments cannot be used. */
const EXIT = { ok: 0, usage: 2 } as const

/**
 * Runs the command with the arguments that follow `ca`, and returns its exit code: 0 if the certificate was printed, 2 if the arguments or the folder
 * cannot be used. The authority is made if the folder has none.
 */
export async function runCa(args: readonly string[]): Promise<number> {
  const command = new Command(`${pkg.name} ca`)
    .description(
      'Prints the certificate of the authority of a data folder, and the lines that have programs trust it. Makes it if it is not there.',
    )
    .requiredOption('--data-dir <folder>', 'the data folder of the emulator')
    .helpOption('--help', 'show this help')
    .allowExcessArguments(false)
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
    const { dataDir } = command.opts<{ dataDir: string }>()
    const { certificate } = await openAuthority(dataDir)
    process.stdout.write(`${trustLines(certificatePath(dataDir))}\n${certificate}`)
    return EXIT.ok
  } catch (error) {
    // commander has said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    if (!(error instanceof DataFolderError)) throw error
    process.stderr.write(`${pkg.name} ca: ${error.message}\n`)
    return EXIT.usage
  }
}

/** Comments, so that all that is printed is a certificate still. */
function trustLines(path: string): string {
  const file = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
  const lines = [
    ['Node.js', `export NODE_EXTRA_CA_CERTS=${file}`],
    ['Python with requests', `export REQUESTS_CA_BUNDLE=${file}`],
    ["Python's standard library, Go, PHP, Ruby, OpenSSL", `export SSL_CERT_FILE=${file}`],
    ['curl', `export CURL_CA_BUNDLE=${file}`],
    [
      'Java',
      `keytool -importcert -noprompt -alias vod-viapi-emulator -file ${file} -keystore emulator.p12 -storetype PKCS12 -storepass changeit`,
    ],
    ['', 'export JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=emulator.p12 -Djavax.net.ssl.trustStorePassword=changeit"'],
    ['A container of Debian', `COPY ca.pem /usr/local/share/ca-certificates/vod-viapi-emulator.crt`],
    ['', 'RUN update-ca-certificates'],
  ] as const
  return lines.map(([what, line]) => `${what === '' ? '' : `# ${what}\n`}#   ${line}\n`).join('')
}
