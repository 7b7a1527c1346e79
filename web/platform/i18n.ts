import i18next from 'i18next'
import ICU from 'i18next-icu'
import { english, type Key } from './catalogue.ts'

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

void i18next.use(ICU).init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  resources: { en: { translation: english } },
  // shown by its key, and complained about: a journey fails on it
  parseMissingKeyHandler: (key) => {
    console.error(`There is no sentence for ${key}`)
    return key
  },
})

let fetched: Promise<void> | null = null
/** Fetches the sentences that the first pages do without. */
export function allSentences(): Promise<void> {
  fetched ??= import('./catalogue-later.ts').then(
    ({ more }) => void i18next.addResources('en', 'translation', more),
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
  const sentence = values === undefined ? i18next.t(key) : i18next.t(key, values)
  return pseudo ? accented(sentence) : sentence
}

/** A sentence whose key is made of a word from the server; the word itself where the catalogue lacks it. */
export const tOr = (key: string, fallback: string): string => (i18next.exists(key) ? t(key as Key) : fallback)
export type { Key }
