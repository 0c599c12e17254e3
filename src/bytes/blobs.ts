/** Where a cloud keeps the bytes of its objects: small runs in memory and all others in files; or all in files, if they are to outlive the process. */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MissingFile } from '../base/problem.js'
import { Content, type ContentJson, Segment, type SegmentJson } from './content.js'
import { md5Of } from './digest.js'
import { makeFolder, removeFolder } from './folders.js'
import { sampleSegment } from './samples.js'

/** Bytes that are kept in memory in all; beyond that, small runs go to files too. */
const MAX_IN_MEMORY = 128 * 1024 * 1024

/** Ending of files that are not complete. */
const INCOMING = '.part'

/** `<number>-<start of the MD5>` */
const ID = /^(\d{1,15})-([0-9A-F]{16})$/

/** Bytes that are named are not here. */
export class MissingBytes extends RangeError {
  /** `ids`: of the segments that nothing in the cloud has. */
  constructor(readonly ids: readonly string[]) {
    super(`nothing here has the bytes ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`)
  }
}

/** Folders of files that outlive the process. */
export interface LastingFolders {
  files: string
  /** Where files go that nobody has asked for; made when there is one. */
  orphans: string
}

/**
 * The bytes of all objects of a cloud, in segments that contents share: those of one account, of its snapshots, and of accounts that are copies of it.
 *
 * JSON names a segment by an id: a number that no other segment of the cloud has, and the start of its digest, so that an id from
 * elsewhere does not lead to other bytes here.
 */
export class Blobs {
  /** By id, those that a content has. */
  readonly #segments = new Map<string, Segment>()
  #folder: string | undefined
  #made: number
  #inMemory = 0
  /** Files that an earlier process has left, as long as they can still be found. */
  #left: readonly string[] = []
  /** Those of them that have been found: none is given up before all who need it have found it. */
  readonly #found: Segment[] = []
  /** Lasting files that no content has any more. */
  #unneeded: string[] = []

  /**
   * `made`: how many segments earlier processes have made. Default: nothing outlives the process; its files are in a folder that is made when it
   * is first needed, and removed with the cloud.
   */
  constructor(
    private readonly lasting?: LastingFolders,
    made = 0,
  ) {
    this.#made = made
    if (lasting === undefined) return
    this.#folder = lasting.files
    this.#left = readdirSync(lasting.files)
    // A process that was killed may have made more than it could say.
    for (const name of this.#left) this.#made = Math.max(this.#made, Number(/^\d+/.exec(name)?.[0] ?? 0))
  }

  /** How many segments have been made so far. */
  get made(): number {
    return this.#made
  }

  /** Keeps bytes that are in memory: no bytes, no segment. `md5`: upper-case hex. */
  keep(bytes: Uint8Array, md5 = md5Of(bytes)): Segment[] {
    if (bytes.byteLength === 0) return []
    const number = ++this.#made
    if (this.holds(bytes.byteLength)) return [this.#inMemoryOf(bytes, number, md5)]
    const path = this.#newPath(number)
    try {
      writeFileSync(path, bytes, { flag: 'wx' })
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    }
    return [this.#inFile(bytes.byteLength, number, md5, path)]
  }

  /** Opens a file for more bytes than should be in memory. */
  async open(): Promise<Incoming> {
    const number = ++this.#made
    const path = this.#newPath(number)
    return new Incoming(path, await open(path + INCOMING, 'wx'), (size, md5) => this.#inFile(size, number, md5, path))
  }

  /** True if so many bytes more can be in memory. */
  holds(bytes: number): boolean {
    return this.lasting === undefined && this.#inMemory + bytes <= MAX_IN_MEMORY
  }

  /**
   * The bytes that JSON names, shared: to be discarded like any other content. Throws {@link MissingBytes} if they are not here, and a
   * `RangeError` if there is no such sample; then nothing is shared.
   */
  contentOf(json: ContentJson): Content {
    const segments: Segment[] = []
    const missing: string[] = []
    try {
      for (const each of json.segments) {
        const found = this.#segmentsOf(each)
        if (found) segments.push(...found)
        else if ('file' in each) missing.push(each.file)
      }
      if (missing.length > 0) throw new MissingBytes(missing)
    } catch (error) {
      for (const segment of segments) segment.release()
      throw error
    }
    return new Content(segments)
  }

  /**
   * All contents are there again that an earlier process has left. Of its other files, those that were not complete are removed. The rest goes to
   * the folder of orphans, because it may be all that is left of something; answers their new paths.
   */
  restored(): string[] {
    const needed = new Set([...this.#segments.keys()].map((id) => ID.exec(id)?.[1]))
    const orphans: string[] = []
    for (const name of this.#left) {
      if (needed.has(name)) continue
      const path = join((this.lasting as LastingFolders).files, name)
      if (name.endsWith(INCOMING)) rmSync(path, { force: true })
      else orphans.push(this.#moveAside(path, name))
    }
    this.#left = []
    for (const segment of this.#found.splice(0)) segment.release()
    return orphans
  }

  /**
   * Hands over the lasting files that no content has any more. They are to be removed once the store does not name them any more: were they
   * removed before, a process that is killed just then would have lost what the store still has.
   */
  takeUnneeded(): readonly string[] {
    const paths = this.#unneeded
    this.#unneeded = []
    return paths
  }

  /** Removes all that is not to outlive the process. */
  dispose(): void {
    if (this.lasting !== undefined || this.#folder === undefined) return
    removeFolder(this.#folder)
    this.#folder = undefined
  }

  #segmentsOf(json: SegmentJson): Segment[] | undefined {
    if ('sample' in json) return [sampleSegment(json.sample)]
    const { file, size } = json
    const segment = this.#segments.get(file)
    if (segment) return segment.size === size ? [segment.retain()] : undefined
    const [, number, md5] = (this.#left.length > 0 && ID.exec(file)) || []
    if (number === undefined || md5 === undefined) return undefined
    const path = join(this.lasting?.files ?? '', number)
    if (statSync(path, { throwIfNoEntry: false })?.size !== size) return undefined
    const found = this.#inFile(size, Number(number), md5, path)
    this.#found.push(found.retain())
    return [found]
  }

  #inFile(size: number, number: number, md5: string, path: string): Segment {
    return this.#segment(size, number, md5, { path }, () => {
      if (this.lasting === undefined) removeFile(path)
      else this.#unneeded.push(path)
    })
  }

  #inMemoryOf(bytes: Uint8Array, number: number, md5: string): Segment {
    this.#inMemory += bytes.byteLength
    return this.#segment(bytes.byteLength, number, md5, bytes, () => {
      this.#inMemory -= bytes.byteLength
    })
  }

  #segment(size: number, number: number, md5: string, source: Segment['source'], free: () => void): Segment {
    const file = `${number}-${md5.slice(0, 16)}`
    const segment = new Segment({ file, size }, size, source, () => {
      this.#segments.delete(file)
      free()
    })
    this.#segments.set(file, segment)
    return segment
  }

  #moveAside(path: string, name: string): string {
    const { orphans } = this.lasting as LastingFolders
    mkdirSync(orphans, { recursive: true, mode: 0o700 })
    let to = join(orphans, name)
    // Numbers are given again if it was lost, too, how many there were.
    for (let copy = 2; existsSync(to); copy++) to = join(orphans, `${name}-${copy}`)
    renameSync(path, to)
    return to
  }

  /** Path of a file that is about to be made. The folder is made anew where it is gone: cleaners of temporary files remove what looks forgotten. */
  #newPath(number: number): string {
    if (this.lasting !== undefined) mkdirSync(this.lasting.files, { recursive: true })
    else if (this.#folder === undefined || !existsSync(this.#folder)) {
      if (this.#folder !== undefined) removeFolder(this.#folder)
      this.#folder = makeFolder()
    }
    return join(this.#folder as string, String(number))
  }
}

/** What cannot be removed stays until its folder is. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}

/** A file on its way in: it has its name when it is complete. */
class Incoming {
  #size = 0

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly segment: (size: number, md5: string) => Segment,
  ) {}

  async write(piece: Uint8Array): Promise<void> {
    await this.handle.appendFile(piece)
    this.#size += piece.byteLength
  }

  /** All has arrived. `md5`: of all bytes, upper-case hex. */
  async finish(md5: string): Promise<Segment> {
    const { nlink } = await this.handle.stat()
    await this.handle.close()
    if (nlink === 0) throw new MissingFile(this.path)
    await rename(this.path + INCOMING, this.path)
    return this.segment(this.#size, md5)
  }

  /** The rest will not come. */
  async abort(): Promise<void> {
    await this.handle.close().catch(() => {})
    await rm(this.path + INCOMING, { force: true }).catch(() => {})
  }
}
