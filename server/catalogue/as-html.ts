import { escapedText } from '../platform/rules/escaped-text.ts'

/** Plain text as HTML, its lines as they are. */
export const linesAsHtml = (text: string): string => escapedText(text).replaceAll('\n', '<br>')

/** What was ordered, as the text of a ticket. */
export const answersAsHtml = (said: readonly { label: string; text: string }[]): string =>
  said.map(({ label, text }) => `<p><b>${linesAsHtml(label)}</b><br>${linesAsHtml(text)}</p>`).join('')
