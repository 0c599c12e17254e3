/** Samples of fixtures/media as content of objects. */

import { sampleBytes } from '../base/fixtures.js'
import { Content, Segment } from './content.js'
import { Crc64 } from './crc64.js'
import { md5Of } from './digest.js'
import { Received } from './received.js'

interface Sample {
  segment: Segment
  md5: string
  crc64: bigint
}

/** They are stored often, and are always the same: whoever stores one shares it, and it takes no room of its own. */
const samples = new Map<string, Sample>()

function sampleOf(name: string): Sample {
  let sample = samples.get(name)
  if (sample === undefined) {
    const bytes = sampleBytes(name)
    const crc64 = new Crc64()
    crc64.update(bytes)
    sample = { segment: new Segment({ sample: name }, bytes.byteLength, bytes), md5: md5Of(bytes), crc64: crc64.value }
    samples.set(name, sample)
  }
  return sample
}

/** A sample as if it had just arrived. */
export function receivedSample(name: string): Received {
  const { segment, md5, crc64 } = sampleOf(name)
  return new Received(new Content([segment.retain()]), md5, crc64)
}

/** Bytes of a sample. */
export const sampleSize = (name: string): number => sampleOf(name).segment.size

/** A sample as part of a content. Throws a `RangeError` if there is none of this name. */
export function sampleSegment(name: string): Segment {
  try {
    // A name, not a path.
    if (/^\w+\.\w+$/.test(name)) return sampleOf(name).segment.retain()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  throw new RangeError(`there is no sample ${name}`)
}
