/** Adaptive streams: the same film several times, behind one master playlist (VOD manual 17.1, "PackageSetting"). */

import type { File } from '../media/file.js'
import { storeBytes } from '../media/files.js'
import { codecsOf } from '../streams/codecs.js'
import { nameIn, segmentSeconds, storeHls } from '../streams/hls.js'
import { overridden } from '../streams/overrides.js'
import { masterPlaylist, type Variant } from '../streams/playlist.js'
import { storeSubtitles, subtitleSources } from '../streams/subtitles.js'
import type { OverrideParams } from '../templates/job-params.js'
import type { Template } from '../templates/template-group.js'
import type { Failed, Making, Stored } from './making.js'
import { type Output, outputOf } from './output.js'

/** What a package says of its best stream, beside its files. */
type Best = Pick<Output, 'bitrate' | 'width' | 'height' | 'fps' | 'specification'>

/** Makes a stream of each template, and stores them with their subtitles behind one playlist. What is said of the package is what its best stream has. */
export async function makePackage(
  { account, source: { bucket }, facts, template: first, output: firstOutput, stem, key }: Making,
  packagedWith: readonly Template[],
  overrides: OverrideParams | undefined,
): Promise<(Stored & Best) | Failed> {
  const others = packagedWith.filter(({ Type }) => Type === 'VideoPackage').map((template) => overridden(template, overrides))
  const outputs: { template: Template; output: Output }[] = [{ template: first, output: firstOutput }]
  for (const template of others) {
    const output = outputOf(template, facts)
    if ('failed' in output) return output
    outputs.push({ template, output })
  }
  const subtitles = await storeSubtitles(account, { bucket, stem }, firstOutput.duration, subtitleSources(packagedWith, overrides))
  if ('failed' in subtitles) return subtitles
  const segments: File[] = subtitles.flatMap(({ files }) => files)
  const variants: Variant[] = []
  let size = 0
  for (const [index, { template, output }] of outputs.entries()) {
    const { duration, bitrate, width, height, fps } = output
    const stored = await storeHls(account, { bucket, stem: `${stem}-${index + 1}` }, { duration, seconds: segmentSeconds(template), key })
    segments.push(stored.playlist, stored.segment)
    size += stored.size
    const bandwidth = Number(template.PackageSetting?.PackageConfig?.BandWidth ?? bitrate * 1000)
    variants.push({ uri: nameIn(stored.playlist), bandwidth, codecs: codecsOf(template, facts), width, height, fps })
  }
  const tracks = subtitles.map(({ track }) => track)
  const file: File = { bucket, key: `${stem}.m3u8` }
  await storeBytes(account, file, Buffer.from(masterPlaylist(variants, tracks)))
  return { file, segments, size, ...bestOf(outputs.map(({ output }) => output)) }
}

/** What the stream with the highest bitrate has. */
function bestOf(outputs: readonly Output[]): Best {
  const best = outputs.reduce((most, each) => (each.bitrate > most.bitrate ? each : most))
  const { bitrate, specification, width, height, fps } = best
  return { bitrate, specification, width, height, fps }
}
