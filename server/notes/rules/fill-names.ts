/** What stands for something else in a text: `{{reference}}`. The one template language of mails and macros. */
export const named = /\{\{([^{}]*)\}\}/g

/** Fills in what a text names. Values are put in as they are; what they hold in braces is not filled in again. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(named, (_whole, name: string) => values[name.trim()] ?? '')

/** What a text names, each once, in order. */
export const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(named)].map(([, name]) => name!.trim())),
]

/** The first name that is not known, or braces that do not close, with its place in the text, 1 for the first character. Null where all is well. */
export function wrongName(text: string, known: readonly string[]): { name: string | null; at: number } | null {
  let wrong: { name: string | null; at: number } | null = null
  const rest = text.replace(named, (whole: string, name: string, at: number) => {
    if (wrong === null && !known.includes(name.trim())) wrong = { name: name.trim().slice(0, 60), at: at + 1 }
    return ' '.repeat(whole.length)
  })
  const open = rest.search(/\{\{|\}\}/)
  return wrong ?? (open === -1 ? null : { name: null, at: open + 1 })
}
