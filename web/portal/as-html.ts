/** What was typed, as the HTML in which notes are kept: a paragraph for each. */
export const asHtml = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .filter((part) => part !== '')
    .map(
      (part) =>
        `<p>${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</p>`,
    )
    .join('')
