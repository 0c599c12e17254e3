/** Characters that the words for a medium may not hold. */

/** What keyboards offer as emoticons: pictographs and flags, and whatever is asked to be shown as one. */
const EMOTICON = /\p{Emoji_Presentation}|\p{Regional_Indicator}|.\uFE0F|[\u{1F000}-\u{1FAFF}]/u

/** The first emoticon in a text. */
export const emoticonIn = (text: string): string | undefined => EMOTICON.exec(text)?.[0]
