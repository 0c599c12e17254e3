/** What a dictionary is. */

/** Words by name, in English and in Chinese; `{name}` stands for a value. */
export type Words = Readonly<Record<string, readonly [english: string, chinese: string]>>
