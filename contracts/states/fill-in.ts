/** Placeholders for what states give, as Pact writes them in its generators. */

/** A text with the values of states in place of `${VideoId}`; a name that no state gives stays as it is. */
export const filledIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(values, name) ? (values[name] as string) : placeholder))
