/** What the search protocol knows of a field of a medium (VOD manual 17.6). */

import type { Account } from '../../../../account/types.js'

/** How Match may ask for a field. */
export type Query =
  /** `field = value`: the value is this one. */
  | 'exact'
  /** `field = 'value'`, `field in ('value1','value2')`: the value contains this, or one of these. */
  | 'fuzzy'
  /** `field in ('value1','value2')`: the value is one of these. */
  | 'multiple'
  /** `field = (value1,value2)`: the value lies between these. */
  | 'range'

/** A value as it is compared: a time in seconds since 1970. */
export type Scalar = string | number

/** One row of the protocol's table of a kind of media. */
export interface Field<Row> {
  /** What a value is in Match; `Time`: a UTC time `YYYY-MM-DDThh:mm:ssZ`. */
  type: 'String' | 'Long' | 'Float' | 'Time'
  /** How Match may ask for it. */
  queries: readonly Query[]
  /** Values that one list may have. Default: as many as there may be in a Match. */
  maxValues?: number
  /** What Match compares; several values, if it is enough that one matches. */
  value?: (row: Row) => Scalar | readonly Scalar[] | undefined
  /** Index of the collection by which it is found; `key`: it is the key of the record. */
  index?: string
  /** What is answered if Fields asks for it. */
  answer?: (row: Row, account: Account) => unknown
}

/** The fields of a kind of media by name. */
export type Fields<Row> = Readonly<Record<string, Field<Row>>>

/** Fields that only are answered. */
export const answered = <Row>(answer: (row: Row, account: Account) => unknown): Field<Row> => ({ type: 'String', queries: [], answer })

/** A field that is compared and answered as it is. */
export const field = <Row>(
  type: Field<Row>['type'],
  queries: readonly Query[],
  value: (row: Row) => Scalar | undefined,
  rest: Partial<Field<Row>> = {},
): Field<Row> => ({ type, queries, value, answer: value, ...rest })
