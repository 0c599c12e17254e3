/** Where an emulator logs to. */

/** Writes an entry of one level: details and a message, or a message alone. */
type Write = { (details: object, message?: string): void; (message: string): void }

/** A pino logger, or what has its methods. */
export interface Logger {
  level: string
  fatal: Write
  error: Write
  warn: Write
  info: Write
  debug: Write
  trace: Write
  silent: Write
  /** A logger that adds these details to every entry. */
  child(details: Record<string, unknown>): Logger
}
