import { paragraphs, plainText, sanitised } from '../../../notes/public.ts'
import type { GivenFile } from './rules/given-files.ts'

/** Characters beyond which a text is shown by its beginning, and kept whole as a file. */
export const longestBody = 200_000
const shownOfLong = 20_000

/** A text of the source as sanitised HTML, with the file that holds the whole where it is too long to show. */
export function bodyOf({ text, isHtml }: { text: string; isHtml: boolean }): { body: string; whole: GivenFile[] } {
  if (text.length > longestBody) {
    const type = isHtml ? 'text/html' : 'text/plain'
    const whole = { name: isHtml ? 'whole-text.html' : 'whole-text.txt', type, content: Buffer.from(text) }
    const beginning = text.slice(0, shownOfLong).toWellFormed()
    return { body: paragraphs(isHtml ? plainText(sanitised(beginning), shownOfLong) : beginning), whole: [whole] }
  }
  return { body: isHtml ? sanitised(text) : paragraphs(text), whole: [] }
}
