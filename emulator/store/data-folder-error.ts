/** A folder that cannot be used as a data folder: one line that says why. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}
