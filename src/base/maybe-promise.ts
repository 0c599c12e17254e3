/**
 * Values that are nearly always there at once, and sometimes only later. Waiting for what is there already costs a call more than most of its steps; where
 * every call passes, it is not waited for.
 */

/** What is there, or will be. */
export type MaybePromise<T> = T | Promise<T>

/** True for what is not there yet. */
export const isPromise = <T>(value: MaybePromise<T>): value is Promise<T> =>
  typeof (value as Partial<Promise<T>> | undefined)?.then === 'function'

/** Goes on with a value when it is there; if it is there already, at once. */
export const whenThere = <T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> =>
  isPromise(value) ? value.then(next) : next(value)
