/** What UploadMetadatas and RegisterMetadatas say of a file (VOD manual 5.5, 5.11). Lengths are in bytes here. */

import { z } from 'zod'
import { emoticonIn } from './display-text.js'
import { TAGS, tagsIn } from './params.js'

/** A text of at most so many bytes. */
export const bytes = (most: number) => z.string().refine((value) => Buffer.byteLength(value) <= most, `has more than ${most} bytes`)

/** The same, for people to read: without emoticons. */
export const words = (most: number) => bytes(most).refine((value) => emoticonIn(value) === undefined, 'holds an emoticon')

/** Bytes of a text that holds tags: so many that the blanks around them, which do not count, have room. */
const MAX_TAGS_TEXT = 4096

/** At most 16 tags of at most 32 bytes, separated by commas in one text. */
export const tagList = (text: (most: number) => z.ZodType<string>) =>
  text(MAX_TAGS_TEXT)
    .transform(tagsIn)
    .refine((tags) => tags.length <= TAGS.most, `has more than ${TAGS.most} tags`)
    .refine((tags) => tags.every((tag) => Buffer.byteLength(tag) <= TAGS.maxLength), `holds a tag of more than ${TAGS.maxLength} bytes`)

/** An http or https URL; as everywhere, at most 1024 bytes of one. */
export const address = () =>
  bytes(1024).refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), 'is not an absolute http or https URL')

/** The manual has these numbers as text in one structure and as numbers in the other. */
export const wholeNumber = z.union([z.int(), z.string().regex(/^-?\d{1,15}$/, 'is not a whole number')]).transform(Number)

/** Fields of both structures. */
const common = {
  Title: words(128).min(1),
  Description: words(1024).optional(),
  Tags: tagList(words).optional(),
  CoverURL: address().optional(),
  CateId: wholeNumber.optional(),
}

export const uploadMetadata = z.object({
  ...common,
  SourceURL: z.string().min(1).max(2048),
  FileSize: wholeNumber.optional(),
  TemplateGroupId: z.string().max(64).optional(),
  WorkflowId: z.string().max(64).optional(),
  FileExtension: z
    .string()
    .toLowerCase()
    .transform((extension) => extension.replace(/^\./, ''))
    .optional(),
})

export const registerMetadata = z.object({ ...common, FileURL: address() })
