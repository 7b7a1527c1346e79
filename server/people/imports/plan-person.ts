import { newId } from '../../platform/identifiers.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import { becomesOf, type CellSaid, type SaidBefore } from '../../platform/imports/imported-values.ts'
import type { ImportSettings, SubjectRows } from '../../platform/imports/source.ts'
import { type NamedPersons, oneNamed } from '../named-persons.ts'
import type { KnownPerson } from './imported-persons-store.ts'
import { identityOf, managerIn, type PersonSaid, personSaid } from './person-cells.ts'
import { cut } from '../../platform/rules/storable-text.ts'

export interface PersonPlan {
  id: string
  identity: string
  /** Who it is already; null: somebody new. */
  before: KnownPerson | null
  /** Columns to write. */
  changed: Record<string, string | boolean | null>
  /** The main address to write. */
  email: string | null
  said: Record<string, CellSaid>
}

/** The person a row is about: by e-mail, then username, then employee number, then as the last time. */
export function whoIs(named: NamedPersons, subject: SubjectRows, known: ReadonlyMap<string, string>): string | null {
  const { email, username, employeeNumber } = identityOf(subject.rows[0]!.cells)
  return (
    (email === '' ? null : named(email).email) ??
    (username === '' ? null : named(username).username) ??
    (employeeNumber === '' ? null : named(employeeNumber).number) ??
    known.get(subject.identity) ??
    null
  )
}

/** Who bears addresses, usernames and numbers, in the register. */
export class Bearing {
  readonly #named: NamedPersons
  readonly #persons: ReadonlyMap<string, KnownPerson>

  constructor(named: NamedPersons, persons: ReadonlyMap<string, KnownPerson>) {
    this.#named = named
    this.#persons = persons
  }

  static idsIn = (named: NamedPersons, words: readonly string[]): string[] =>
    words.flatMap((word) => {
      const { email, username, number } = named(word)
      return [email, username, number].filter((id) => id !== null)
    })

  /** The name of whoever else has it; null where it is free. */
  other(how: 'email' | 'username' | 'number', word: string, id: string | undefined): string | null {
    const bearer = this.#named(word)[how]
    return bearer === null || bearer === id ? null : (this.#persons.get(bearer)?.name ?? '?')
  }
}

interface Known {
  person: KnownPerson | undefined
  /** Has a sign-in, or owns something: a file does not make such a person inactive. */
  owns: boolean
  bearing: Bearing
  named: NamedPersons
  before: ReadonlyMap<string, SaidBefore>
  settings: ImportSettings
}

/** Decides what becomes of one person. Writes nothing. */
export function planPerson(subject: SubjectRows, known: Known) {
  const { person, settings } = known
  const row = subject.rows[0]!
  const cells = new Cells(row.cells)
  const said = withoutTaken(personSaid(cells, row.cells, settings.dateOrder), cells, known)
  const { email, username } = identityOf(row.cells)
  const name = said.name?.value ?? (username || email.split('@')[0]!)
  if (name === '' && person === undefined)
    return plannedRow(subject, 'rejected', [{ code: 'imports.name-missing', params: {} }], null)
  const before = (person === undefined ? undefined : known.before.get(person.id)) ?? {}
  const manager = managerSaid(cells, known, before['manager'])
  const all: Record<string, CellSaid> = {
    ...(said as Record<string, CellSaid>),
    ...(manager === null ? {} : { manager }),
  }
  const plan: PersonPlan = {
    id: person?.id ?? newId(),
    identity: subject.identity,
    before: person ?? null,
    changed: {},
    email: null,
    said: all,
  }
  if (person === undefined) {
    for (const [column, one] of Object.entries(said))
      if (column !== 'email') plan.changed[column] = valueOf(column, one.value)
    plan.changed['name'] = name
    plan.changed['manager_id'] = manager?.value || null
    plan.email = said.email?.value ?? null
    return plannedRow(subject, 'created', cells.warnings, plan)
  }
  for (const [column, one] of Object.entries(all)) {
    const current = currentOf(person, column, one.value)
    if (column === 'manager') continue
    const becomes = becomesOf(one, current, before[column])
    if (becomes === 'kept') cells.kept(column, one.text)
    if (becomes !== 'write') continue
    if (column === 'active' && one.value === 'false' && known.owns) {
      cells.warn('still-owns', { name: person.name })
      delete plan.said['active']
    } else if (column === 'email') plan.email = one.value
    else plan.changed[column] = valueOf(column, one.value)
  }
  // whom somebody reports to is written when all rows are in
  const isMoved = manager !== null && manager.text !== before['manager']?.text && manager.value !== person.manager_id
  const isChanged = Object.keys(plan.changed).length > 0 || plan.email !== null || isMoved
  return plannedRow(subject, isChanged ? 'updated' : 'unchanged', cells.warnings, plan)
}

const valueOf = (column: string, value: string): string | boolean => (column === 'active' ? value === 'true' : value)

/** What stands in the register; any of the addresses will do. */
function currentOf(person: KnownPerson, column: string, value: string): string {
  if (column === 'email') return person.emails.includes(value) ? value : (person.emails[0] ?? '')
  if (column === 'username')
    return person.username?.toLowerCase() === value.toLowerCase() ? value : (person.username ?? '')
  const stands = person[column as keyof KnownPerson]
  return stands === null || stands === undefined ? '' : String(stands)
}

/** What is somebody else's is not taken over, and is said. */
function withoutTaken(said: PersonSaid, cells: Cells, { person, bearing }: Known): PersonSaid {
  const kept = { ...said }
  for (const [column, how, warning] of [
    ['email', 'email', 'email-taken'],
    ['username', 'username', 'person-taken'],
    ['employee_number', 'number', 'person-taken'],
  ] as const) {
    const value = kept[column]?.value
    const name = value === undefined ? null : bearing.other(how, value, person?.id)
    if (name === null) continue
    cells.warn(warning, { column: column === 'employee_number' ? 'employeeNumber' : column, value, name })
    delete kept[column]
  }
  return kept
}

/** The manager a row names; without a value where that is settled only when all rows are in. */
function managerSaid(cells: Cells, { person, named, settings }: Known, before: CellSaid | undefined): CellSaid | null {
  const word = managerIn(cells)
  if (word === '') return null
  const value = cut(word, 100)
  if (before?.text === word && before.value !== '') {
    if (before.value !== person?.manager_id) cells.warn('kept', { column: 'manager', value })
    return before
  }
  const { id, several } = oneNamed(named, word)
  if (several) cells.warn('person-several', { column: 'manager', value })
  else if (id !== null && id === person?.id) cells.warn('manager-circle', { column: 'manager', value })
  else if (id !== null) return { text: word, value: person === undefined || person.manager_id === id ? id : '' }
  else if (settings.gathered.has(word.toLowerCase())) return { text: word, value: '' }
  else cells.warn('person-unknown', { column: 'manager', value })
  return null
}
