import { IntlMessageFormat } from 'intl-messageformat'
import type { Key } from './catalogue.ts'

const remembered = 'linchpin-locale'

/** `?locale=pseudo` brackets every sentence of the catalogue for this tab, so that a test finds what is hard-coded. */
function pseudoWanted(): boolean {
  const asked = new URLSearchParams(location.search).get('locale')
  try {
    if (asked !== null) sessionStorage.setItem(remembered, asked)
    return (asked ?? sessionStorage.getItem(remembered)) === 'pseudo'
  } catch {
    return asked === 'pseudo'
  }
}
const pseudo = pseudoWanted()

const accents: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ö',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
  y: 'ý',
  A: 'Â',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  U: 'Û',
  C: 'Ç',
  N: 'Ñ',
}
const accented = (sentence: string): string =>
  `⟦${sentence.replace(/[aeioucnyAEIOUCN]/g, (letter) => accents[letter] ?? letter)}⟧`

const sentences = new Map<string, string>()
const made = new Map<string, IntlMessageFormat>()

/** Brings the sentences that an app of ours needs from its first moment. */
export function addSentences(more: Record<string, string>): void {
  for (const [key, sentence] of Object.entries(more)) sentences.set(key, sentence)
}

let fetched: Promise<void> | null = null
/** Fetches the sentences that the first pages do without. */
export function allSentences(): Promise<void> {
  fetched ??= import('./catalogue-later.ts').then(
    ({ more }) => addSentences(more),
    (error: unknown) => {
      fetched = null
      throw error
    },
  )
  return fetched
}

export type Values = Record<string, string | number | Date | boolean>

/** The sentence of a key. Plain function: a change of language reloads the page. */
export const t = (key: Key, values?: Values): string => {
  const sentence = filled(key, values)
  return pseudo ? accented(sentence) : sentence
}

function filled(key: string, values?: Values): string {
  const sentence = sentences.get(key)
  if (sentence === undefined) {
    // shown by its key, and complained about: a journey fails on it
    console.error(`There is no sentence for ${key}`)
    return key
  }
  if (!/[{'<]/.test(sentence)) return sentence
  try {
    const known = made.get(key) ?? new IntlMessageFormat(sentence, 'en', undefined, { ignoreTag: true })
    made.set(key, known)
    return String(known.format(values))
  } catch (error) {
    // something it asks for is missing: shown as it stands, and complained about
    console.error(`The sentence ${key} cannot be filled in`, error)
    return sentence
  }
}

/** A sentence whose key is made of a word from the server; the word itself where the catalogue lacks it. */
export const tOr = (key: string, fallback: string): string => (sentences.has(key) ? t(key as Key) : fallback)
export type { Key }
