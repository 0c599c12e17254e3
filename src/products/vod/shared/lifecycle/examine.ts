/** What the source file of a video is: by its bytes, by what the service has made, by what a test has declared of it, or by assumption. */

import type { Account } from '../../../../account/types.js'
import type { AssetFacts } from '../../../../assets/asset.js'
import { assetNamed } from '../../../../assets/magic-files.js'
import { type MediaFacts, probeMedia, probeQuickly, takesLong } from '../../../../media/probe.js'
import type { StoredObject } from '../../../../oss/object.js'
import { objectUrl } from '../../../../oss/urls.js'
import { extensionOf, mediaTypeOf } from '../media/extensions.js'
import { readable } from '../media/files.js'
import type { Video } from '../media/video.js'

/** What a file is taken to be whose bytes nobody understands: tests often upload bytes that are no film at all. */
const ASSUMED = {
  duration: 10,
  picture: { codec: 'h264', width: 1280, height: 720, fps: 25, bitDepth: 8, rotation: 0 },
  sound: { codec: 'aac', sampleRate: 44_100, channels: 2 },
} as const satisfies MediaFacts

/** What of a medium tells of its file. */
type FileOfMedium = Pick<Video, 'sourceUrl' | 'file' | 'fileName' | 'made'>

/** What is known of the source of a video by other means than its bytes: what a test has declared, or what the name says that its uploader gave it. */
export const sourceAsset = (account: Account, { sourceUrl, file, fileName }: FileOfMedium): AssetFacts | undefined =>
  account.assetOf(sourceUrl ?? objectUrl(account, file)) ?? assetNamed(fileName)

/** The facts of a video's source file, or of the file of another medium. */
export const examine = async (account: Account, video: FileOfMedium, object: StoredObject): Promise<MediaFacts> =>
  factsOf(account, video, madeFacts(video, object) ?? (await probeMedia(readable(object))))

/** The same for who has the account's turn: `undefined` if it takes reading much of a large file. */
export async function examineQuickly(account: Account, video: FileOfMedium, object: StoredObject): Promise<MediaFacts | undefined> {
  const known = madeFacts(video, object) ?? (await probeQuickly(readable(object)))
  return known === undefined && takesLong(object) ? undefined : factsOf(account, video, known)
}

/** What is known of a file because it was made here. */
const madeFacts = ({ made }: FileOfMedium, { etag }: StoredObject): MediaFacts | undefined => (made?.etag === etag ? made.facts : undefined)

function factsOf(account: Account, video: FileOfMedium, probed: MediaFacts | undefined): MediaFacts {
  const audio = mediaTypeOf(extensionOf(video.file.key)) === 'audio'
  const { picture, ...rest } = ASSUMED
  return declaredOver(probed ?? (audio ? rest : { ...rest, picture }), sourceAsset(account, video))
}

/** A declaration counts more than the bytes, which are often a sample that stands for something else. */
function declaredOver(facts: MediaFacts, asset: AssetFacts | undefined): MediaFacts {
  if (asset === undefined) return facts
  const duration = asset.duration ?? facts.duration
  const { picture } = facts
  if (picture === undefined) return { ...facts, duration }
  const { width = picture.width, height = picture.height, frames } = asset
  const fps = frames !== undefined && duration > 0 ? frames / duration : picture.fps
  return { ...facts, duration, picture: { ...picture, width, height, fps } }
}
