/** A text as the database takes it: without zeros, and no half of a sign. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** A text, cut; no half of a sign stays, nor came. `most`: UTF-16 units. */
export const cut = (text: string, most: number): string => text.replaceAll('\0', '').slice(0, most).toWellFormed()

/** A value as JSON whose texts and keys the database takes: there a zero or half of a sign stands as an escape. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(/\\(u0000|ud[89a-f][\da-f]{2}|.)/g, (whole, escaped: string) =>
    escaped === 'u0000' ? '' : escaped.startsWith('ud') ? '\ufffd' : whole,
  )
