/** The client's type, derived from the definitions of the Actions: nothing here knows a service or an Action by name. */

import type { z } from 'zod'
import type { Action } from '../actions/action.js'
import type { services } from '../cloud/products.js'
import type { InputShape } from '../params/decoder.js'
import type { Product } from '../product/product.js'
import type { CallOptions } from './transport.js'

/** Names of the parameters that may be left out: they are optional, or have a default. */
type OptionalNames<Shape extends InputShape> = {
  [Name in keyof Shape]: undefined extends z.input<Shape[Name]> ? Name : never
}[keyof Shape]

type ValueOf<Kind extends z.ZodType> = Exclude<z.output<Kind>, undefined>

type Flat<T> = { [Key in keyof T]: T[Key] }

/** The parameters of an input shape as a caller writes them: numbers, booleans, arrays and objects; UTC times in milliseconds since 1970. */
export type ParamsOf<Shape extends InputShape> = Flat<
  { [Name in Exclude<keyof Shape, OptionalNames<Shape>>]: ValueOf<Shape[Name]> } & {
    [Name in OptionalNames<Shape>]?: ValueOf<Shape[Name]>
  }
>

/** An answer as it comes over the wire. */
export type AnswerOf<Output extends z.ZodObject> = Flat<{ RequestId: string } & Named<z.input<Output>>>

/** The fields that have names: zod writes an object without fields as one whose every field is `never`. */
type Named<Fields> = { [Name in keyof Fields as string extends Name ? never : Name]: Fields[Name] }

/** Calls an Action. Resolves with the answer; rejects with a `CallError`. */
export type Method<Each extends Action> =
  Each extends Action<string, infer Shape, infer Output>
    ? Record<never, never> extends ParamsOf<Shape>
      ? (params?: ParamsOf<Shape>, options?: CallOptions) => Promise<AnswerOf<Output>>
      : (params: ParamsOf<Shape>, options?: CallOptions) => Promise<AnswerOf<Output>>
    : never

/** The Actions of a service as methods. */
export type ServiceClient<Each extends Action> = { readonly [One in Each as One['name']]: Method<One> }

type ActionsOf<Products extends readonly Product[]> = Products[number]['actions'][number]

/** The services of products with their Actions. */
export type ProductClient<Products extends readonly Product[]> = {
  readonly [Name in ActionsOf<Products>['service']['name']]: ServiceClient<
    Extract<ActionsOf<Products>, { readonly service: { readonly name: Name } }>
  >
}

/** Every service with its Actions: `client.videoseg.SegmentVideoBody({ VideoUrl })`. */
export type Client = { readonly [Name in keyof typeof services]: ServiceClient<(typeof services)[Name][number]> }
