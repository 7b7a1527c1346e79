/** A pattern for `like` on lower-case text that finds the words anywhere, none of their characters being special. */
export const likeOf = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&').toLowerCase()}%`
