import type { Db } from '../../platform/db.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import { importedRecords, importedValues } from '../../platform/imports/imported-values.ts'
import { inImport } from '../../platform/imports/in-import.ts'
import type { ImportSettings, ImportSource, PlannedSubject, SourceRun } from '../../platform/imports/source.ts'
import { personsNamed } from '../named-persons.ts'
import { teamsLed } from '../teams-store.ts'
import { personsById } from './imported-persons-store.ts'
import { findManagers } from './find-managers.ts'
import { activeIn, identityOf, isNoPerson, managerIn } from './person-cells.ts'
import { personFields } from './person-fields.ts'
import { Bearing, type PersonPlan, planPerson, whoIs } from './plan-person.ts'
import { peopleSource, writePeople } from './write-people.ts'

const lowered = (text: string): string | null => (text === '' ? null : text.toLowerCase())

export interface PeopleImportParts {
  /** How much open work a person owns; somebody who owns any is not made inactive by a file. */
  owns: (db: Db, person: string) => Promise<number>
}

/** Everybody who may hold an asset or open a ticket, each row one. Nobody is invited, and who is missing in the file stays. */
export const peopleImport = (parts: PeopleImportParts): ImportSource => ({
  source: peopleSource,
  title: 'imports.people.title',
  description: 'imports.people.description',
  fields: personFields,
  keyField: null,
  needsOneOf: ['name', 'firstName', 'lastName', 'email', 'username', 'principal'],
  naming(cells) {
    const { email, username, employeeNumber, name } = identityOf(cells)
    const words = [
      ['email', email],
      ['username', username],
      ['number', employeeNumber],
    ].find(([, word]) => word !== '')
    return {
      label: email || username || employeeNumber || name,
      identity: words === undefined ? null : words.join(':').toLowerCase(),
    }
  },
  single: [
    { field: 'email', compared: (cells) => lowered(identityOf(cells).email) },
    { field: 'username', compared: (cells) => lowered(identityOf(cells).username) },
    { field: 'employeeNumber', compared: (cells) => lowered(identityOf(cells).employeeNumber) },
  ],
  gathers(cells) {
    const { email, username, employeeNumber, name } = identityOf(cells)
    return [email, username, employeeNumber, name].map((word) => word.toLowerCase())
  },
  portion: 300,
  options: ['dateOrder'],
  begin: (settings) => beginPeople(settings, parts),
})

function beginPeople(settings: ImportSettings, parts: PeopleImportParts): SourceRun<PersonPlan | null> {
  const { organisation } = settings
  return {
    async plan(db, subjects) {
      const words = subjects.flatMap(({ rows }) => {
        const { email, username, employeeNumber } = identityOf(rows[0]!.cells)
        return [email, username, employeeNumber, managerIn(new Cells(rows[0]!.cells))]
      })
      const named = await personsNamed(db, organisation, words)
      const identities = subjects.map((s) => s.identity)
      const known = await importedRecords(db, organisation, peopleSource, identities)
      const found = subjects.map((s) => whoIs(named, s, known))
      const meant = found.flatMap((one) => one ?? [])
      const ids = [...new Set([...meant, ...Bearing.idsIn(named, words)])]
      const persons = await personsById(db, organisation, ids, settings.dryRun ? [] : meant)
      const before = await importedValues(db, peopleSource, ids)
      const bearing = new Bearing(named, persons)
      const planned = []
      for (const [i, subject] of subjects.entries()) {
        const person = found[i] == null ? undefined : persons.get(found[i])
        if (isNoPerson(new Cells(subject.rows[0]!.cells))) {
          planned.push(plannedRow(subject, 'rejected', [{ code: 'imports.no-person', params: {} }], null))
          continue
        }
        // asked only of whom the file calls gone
        const isGone = person?.active === true && activeIn(new Cells(subject.rows[0]!.cells)) === false
        const owns =
          isGone && (person.has_account || (await parts.owns(db, person.id)) + (await teamsLed(db, person.id)) > 0)
        planned.push(planPerson(subject, { person, owns, bearing, named, before, settings }))
      }
      return planned
    },
    write: (tx, planned) =>
      inImport(tx, settings, async (ctx) => {
        const taken = await writePeople(
          ctx,
          planned.map((p) => p.plan).filter((plan) => plan !== null),
        )
        for (const one of planned) {
          const name = one.plan === null ? undefined : taken.get(one.plan)
          if (name !== undefined) sayTaken(one, name)
        }
      }),
    finish: (tx) => inImport(tx, settings, findManagers),
    report: async () => [],
  }
}

/** An address that became somebody else's after the row was planned: said of the row, which changed nothing where that was all. */
function sayTaken(one: PlannedSubject<PersonPlan | null>, name: string): void {
  const { email, changed } = one.plan!
  const params = { column: 'email', value: email ?? '', name }
  one.rows = one.rows.map((row) => ({
    ...row,
    messages: [...row.messages, { code: 'imports.warning.email-taken', params }],
  }))
  one.warnings = [...one.warnings, 'email-taken']
  if (Object.keys(changed).length > 0) return
  one.verdict = 'unchanged'
  one.rows = one.rows.map((row) => ({ ...row, verdict: 'unchanged' }))
}
