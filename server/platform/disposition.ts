/**
 * Content-Disposition of a file that is sent (RFC 6266), whatever its name is written in (RFC 8187): a header holds Latin letters alone.
 */
export const disposition = (how: 'attachment' | 'inline', name: string): string =>
  `${how}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
