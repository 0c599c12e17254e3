/** Where imageenhan puts what it makes, and how it names it: buckets and folders are those of the manual's examples. */

import { SimpleFaker } from '@faker-js/faker'
import type { Account } from '../../../account/types.js'
import { assetKey } from '../../../assets/asset.js'
import { fingerprint, seedOf } from '../../../base/ids.js'
import { toIso } from '../../../base/times.js'
import { type Drawing, draw } from '../../../media/images/draw.js'
import { MEDIA_TYPES, type OutputFormat } from '../../../media/images/format.js'
import type { Colour, Size } from '../../../media/images/pixels.js'
import { storeResult } from '../../../oss/urls.js'
import { RESULT_TTL } from '../common/async.js'
import type { Image } from './images.js'

/** Bucket and folder, such as `ivpd-cn-shanghai/upload/result_`. */
export type Destination = `${string}/${string}`

/** Whose result it is. */
export interface Owner {
  account: Account
  /** RequestId of the call. */
  id: string
}

/** Stores a file, and returns its URL. `number` tells the files of one call apart. */
export function storeFile(
  { account, id }: Owner,
  shelf: Destination,
  { extension, ...file }: { extension: string; contentType: string; content: Uint8Array | string; mediaInfo?: Shown },
  number = 0,
): Promise<string> {
  const [bucket = '', ...folders] = shelf.split('/')
  const day = toIso(account.clock.now()).slice(0, 10)
  const key = `${folders.join('/')}/${day}/${fingerprint(id, number).slice(0, 32)}.${extension}`
  return storeResult(account, { bucket, key, ...file } as Parameters<typeof storeResult>[1], RESULT_TTL)
}

type Shown = Parameters<typeof storeResult>[1]['mediaInfo']

/** Stores the bytes of an image, and returns its URL. */
export const storeImage = (owner: Owner, shelf: Destination, format: OutputFormat, content: Uint8Array, number?: number): Promise<string> =>
  storeFile(owner, shelf, { extension: format, contentType: MEDIA_TYPES[format], content }, number)

/** How a result is made from an image: what is left out is as the image has it. */
export type Change = Pick<Drawing, 'edit' | 'format'> & { size?: Size; quality?: number; colour?: Colour }

/** The bytes of a changed image. */
export const change = (image: Image, { edit, format, size = image, quality, colour = colourOf(image) }: Change): Promise<Uint8Array> =>
  draw({ picture: image.picture, edit, format, size, colour, ...(quality !== undefined && { quality }) })

/** Changes an image, stores what came of it, and returns its URL. */
export async function storeChanged(owner: Owner, shelf: Destination, image: Image, how: Change, number?: number): Promise<string> {
  return storeImage(owner, shelf, how.format, await change(image, how), number)
}

/** Made-up values that are the same whenever the same image is looked at; `salt` gives it further ones. */
export const fakerFor = ({ url }: Pick<Image, 'url'>, salt = 0): SimpleFaker => new SimpleFaker({ seed: seedOf(assetKey(url), salt) })

/** A made-up colour that is the same for the same image and salt. */
export function colourOf(image: Pick<Image, 'url'>, salt?: number): Colour {
  const faker = fakerFor(image, salt)
  const part = (): number => faker.number.int({ min: 40, max: 215 })
  return [part(), part(), part()]
}
