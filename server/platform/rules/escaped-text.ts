const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Plain text as it may stand in HTML: between tags, and within an attribute in double quotes. */
export const escapedText = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c]!)

/** The text that stood in HTML escaped so, with the apostrophe as others escape it. */
export const unescapedText = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
