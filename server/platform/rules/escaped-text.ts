const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Plain text as it may stand in HTML: between tags, and within an attribute in double quotes. */
export const escapedText = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c]!)
