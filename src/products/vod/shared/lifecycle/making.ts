/** A stream in the making. */

import type { Account } from '../../../../account/types.js'
import type { JobError } from '../../../../jobs/job.js'
import type { MediaFacts } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import type { Stream } from '../media/stream.js'
import type { SegmentKey } from '../streams/encryption.js'
import type { Template } from '../templates/template-group.js'
import type { Output } from './output.js'

/** What it is made of, and what is to come out. */
export interface Making {
  account: Account
  /** The source file. */
  source: StoredObject
  facts: MediaFacts
  /** As the call has it that has asked for it. */
  template: Template
  output: Output
  /** Name of its files, without an extension. */
  stem: string
  /** Left out, nothing is encrypted. */
  key: SegmentKey | undefined
}

/** What the files of a stream say of it. */
export type Stored = Pick<Stream, 'file' | 'segments' | 'size'>

/** Why there is none. */
export interface Failed {
  failed: JobError
}
