import type { ImportSettings } from '../../platform/imports/source.ts'

/** The system that tickets come from: under which name records remember it, and what it is called in sentences. */
export interface Origin {
  source: string
  label: string
}

export const serviceNow: Origin = { source: 'servicenow', label: 'ServiceNow' }

/** Settings of an import of tickets. */
export interface TicketSettings extends ImportSettings {
  origin: Origin
}

/** A person as a source names them: `Name <address>`, or either alone. */
export interface PersonWord {
  name: string
  email: string | null
}

const address = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/s
const bare = /^[^<>\s@,;]+@[^<>\s@,;]+$/

/** Takes a person's word apart. The address in lower case; without a name the address is one. */
export function personWord(word: string): PersonWord {
  const found = address.exec(word)
  if (found !== null) return { name: found[1]! || found[2]!, email: found[2]!.toLowerCase() }
  return bare.test(word) ? { name: word, email: word.toLowerCase() } : { name: word, email: null }
}

/** The word for a person; null where nothing is known. */
export function wordOfPerson(name: string, email: string): string | null {
  const whole = email === '' ? personWord(name.trim()) : null
  if (whole !== null && whole.email !== null && whole.email !== name.trim().toLowerCase())
    return wordOfPerson(whole.name, whole.email)
  const mail = bare.test(email) ? email.toLowerCase() : ''
  const plain = name
    .replace(/[<>\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
  if (mail === '') return plain === '' ? null : plain
  return plain === '' || plain.toLowerCase() === mail ? mail : `${plain} <${mail}>`
}
