/** Plain text as HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')

/** What was ordered, as the text of a ticket. */
export const answersAsHtml = (said: readonly { label: string; text: string }[]): string =>
  said.map(({ label, text }) => `<p><b>${escaped(label)}</b><br>${escaped(text)}</p>`).join('')
