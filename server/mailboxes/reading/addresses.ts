import addressparser from 'nodemailer/lib/addressparser'
import { decodedWords, type HeaderFields } from './header-fields.ts'
import { type NoteProblem } from './problems.ts'
import { readLimits } from './read-limits.ts'

export interface MailAddress {
  /** As shown, '' where none is given. */
  name: string
  address: string
}

/** All addresses of a field, those inside groups too (RFC 5322, 3.4); what is no address keeps its name with an empty address out. */
export function addressesIn(fields: HeaderFields, name: string, note: NoteProblem): MailAddress[] {
  const found: MailAddress[] = []
  for (const value of fields.all(name)) {
    if (value.trim() === '') continue
    const parsed = addressesOf(value)
    if (parsed.length === 0 && !/^[^:]*:\s*;?\s*$/.test(value)) note('address-broken', { field: name })
    found.push(...parsed)
    if (found.length > readLimits.addresses) {
      note('too-many-addresses', { most: readLimits.addresses })
      return found.slice(0, readLimits.addresses)
    }
  }
  return found
}

/** Addresses of one value, before its encoded words are decoded, so that a comma in a name divides nothing. */
export function addressesOf(value: string): MailAddress[] {
  // more than this is no list of people, and would only cost time
  return addressparser(value.slice(0, 100_000), { flatten: true }).flatMap((one): MailAddress[] => {
    const address = decodedWords(one.address ?? '')
      .trim()
      .replace(/^[<"']+|[>"']+$/g, '')
    const name = shownName(one.name ?? '')
    return isAddress(address) ? [{ name: name === address ? '' : name, address }] : []
  })
}

const isAddress = (text: string): boolean =>
  /^[^\s@<>,;]{1,256}@[^\s@<>,;]{1,255}$/.test(text) || /^"[^"]+"@[^\s@<>]+$/.test(text)

/** A name on one line without quotes around all of it and without marks that turn the text around. */
const shownName = (text: string): string =>
  decodedWords(text)
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
