/** Changes of what is said of a medium: what is given takes the place of what there was, what is not given stays (VOD manual 7.3.5, 7.3.6, 7.4.2, 7.5.2). */

import { z } from 'zod'
import { bytes, tagList } from '../../upload/metadata.js'

/** Media that one call changes. */
export const MAX_CHANGES = 20

/** How long words may be, and what may be in them; a medium's kind decides the latter. */
type Words = (most: number) => z.ZodType<string>

/** A member of an element of UpdateContent that need not be given; clients write that as null, too. */
export const change = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

/** Title, Description and Tags of an element of UpdateContent. */
export const wordChanges = (words: Words = bytes) => ({
  Title: change(words(128)),
  Description: change(words(1024)),
  Tags: change(tagList(words)),
})

/** Id of the medium that an element is for. */
export const changedId = () => z.string().min(1).max(64)

/** What media of all kinds have in common, as far as it can be changed. */
interface Described {
  title?: string | undefined
  description?: string | undefined
  tags: string[]
}

/** Words of a change. */
export interface WordChanges {
  Title?: string | undefined
  Description?: string | undefined
  Tags?: string[] | undefined
}

/** Puts words into the draft of a medium. An empty text takes away what there was, but for the title. */
export function changeWords(draft: Described, { Title, Description, Tags }: WordChanges): void {
  if (Title) draft.title = Title
  if (Description !== undefined) draft.description = Description || undefined
  if (Tags !== undefined) draft.tags = Tags
}

/** Makes changes one after the other; answers the ids, each once, of which there is no medium. */
export function changeAll<Change>(
  changes: readonly Change[],
  idOf: (change: Change) => string,
  apply: (change: Change) => unknown,
): string[] {
  return [...new Set(changes.filter((each) => apply(each) === undefined).map(idOf))]
}
