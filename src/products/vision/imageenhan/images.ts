/** Synchronous Actions of imageenhan: a call opens its images, and answers with what came of them. */

import { z } from 'zod'
import type { Account } from '../../../account/types.js'
import { type Refusal, refuse } from '../../../base/errors.js'
import type { InputOf, InputShape } from '../../../params/decoder.js'
import { url } from '../../../params/structures.js'
import type { Billing } from '../../../usage/billing.js'
import type { BrokenRule } from '../common/async.js'
import { type OpenedFile, openFile } from '../common/content.js'
import { checkUrl, type InputFile, type MediaLimits, type PixelBound } from '../common/media.js'
import { imageenhan } from './service.js'

/** The manual does not say which megabyte it means. */
export const MEGABYTE = 1024 ** 2

/** The URL of an image; an empty one is an image without content. */
export const imageUrl = () => url({ allowEmpty: true })

/** More than so many pixels wide and high. */
export const moreThan = (width: number, height: number): PixelBound => ({ width, height, exclusive: true })

/** Less than so many pixels wide and high. */
export const lessThan = (width: number, height: number): PixelBound => ({ width, height, exclusive: true })

/** What an image is taken to be that nobody has declared and whose bytes the emulator does not have: small enough for every Action. */
const ASSUMED = { bytes: 300_000, width: 800, height: 600 } as const

/** What an Action demands of an image. */
export const imageLimits = (limits: MediaLimits): MediaLimits => ({ assume: ASSUMED, pixels: true, ...limits })

/** Images of more pixels are not downloaded in time. The manual says that this happens, but not where it begins. */
const MAX_PIXELS = 10_000 * 10_000

/** An image of a call. */
export interface Image extends OpenedFile {
  url: string
}

/** What a call has to work with. */
export interface ImageMaterial<Shape extends InputShape, Always extends string, Sometimes extends string> {
  account: Account
  /** RequestId of the call, from which the names of its results are made. */
  id: string
  input: InputOf<Shape>
  /** Its images, by the names of their parameters. */
  images: Readonly<Record<Always, Image> & Partial<Record<Sometimes, Image>>>
}

type Data<Fields extends z.ZodRawShape> = z.input<z.ZodObject<Fields>>

/** A synchronous Action that works on images. */
export interface ImageActionSpec<
  Shape extends InputShape,
  Fields extends z.ZodRawShape,
  Always extends keyof Shape & string,
  Sometimes extends keyof Shape & string,
> {
  summary: string
  source: string
  /** Made with the first call. */
  input: () => Shape
  /** The parameters that hold images, and what is demanded of each. */
  images: Readonly<Record<Always, MediaLimits>>
  /** Further ones, where the other parameters say which are used. */
  imagesFor?: (input: InputOf<Shape>) => Readonly<Partial<Record<Sometimes, MediaLimits>>>
  /** A rule that takes several parameters to check. */
  check?: (input: InputOf<Shape>) => BrokenRule | undefined
  /** Fields of `Data` in the answer. */
  data: () => Fields
  result: (material: ImageMaterial<Shape, Always, Sometimes>) => Data<Fields> | Promise<Data<Fields>>
  /** What a successful call costs. Default: calls are not counted. */
  billing?: Billing
}

/** Defines a synchronous Action. All its images are checked before anything is made. */
export function defineImageAction<
  const Name extends string,
  Shape extends InputShape,
  Fields extends z.ZodRawShape,
  Always extends keyof Shape & string,
  Sometimes extends keyof Shape & string = never,
>(name: Name, { images, imagesFor, check, data, result, ...spec }: ImageActionSpec<Shape, Fields, Always, Sometimes>) {
  const output = () => z.object({ Data: z.object(data()) })
  return imageenhan.action(name, {
    ...spec,
    output,
    async run({ input, account, requestId }) {
      const broken = check?.(input)
      if (broken) refuseWith(imageenhan.violations[broken.violation], broken)
      const limits: Readonly<Partial<Record<string, MediaLimits>>> = { ...images, ...imagesFor?.(input) }
      const files = Object.entries(limits).map(([param, each]) => ({
        param,
        url: (input as Record<string, string>)[param] as string,
        limits: each as MediaLimits,
      }))
      for (const file of files) checkImageUrl(account, file)
      const opened: Record<string, Image> = {}
      for (const file of files) opened[file.param] = await openImage(account, file)
      const material = { account, id: requestId, input, images: opened } as unknown as ImageMaterial<Shape, Always, Sometimes>
      return { Data: await result(material) } as z.input<ReturnType<typeof output>>
    },
  })
}

const refuseWith = (code: string, refusal: Refusal): never => refuse(imageenhan.errors, code, refusal)

const { media: codes, algorithm } = imageenhan.jobCodes

function checkImageUrl(account: Account, { param, url, limits }: InputFile): void {
  const problem = checkUrl(account, url, limits)
  if (problem) refuseWith(codes[problem.fault], { param, reason: problem.reason })
}

async function openImage(account: Account, { param, url, limits }: InputFile): Promise<Image> {
  const defect = account.assetOf(url)?.defect
  const declared = `refers to a file with the defect "${defect}"`
  if (defect === 'never finishes') refuseWith('Timeout', { param, reason: declared })
  if (defect === 'fails every time') refuseWith(algorithm, { param, reason: declared })
  const image = await openFile(account, { url, limits })
  if ('fault' in image) return refuseWith(codes[image.fault], { param, reason: image.reason })
  const { width, height } = image
  if (width * height > MAX_PIXELS)
    refuseWith('Timeout', { param, reason: `is ${width} x ${height} pixels, too many to be downloaded in time` })
  return { ...image, url }
}
