import type { Ctx } from '../../platform/ctx.ts'
import { changes } from '../../platform/events.ts'
import { type ImportedRecord, importedIdentities, keepImported } from '../../platform/imports/imported-values.ts'
import { oneNamed, personsNamed } from '../named-persons.ts'
import { updatePerson } from '../persons-store.ts'
import { whyNotManagedBy } from '../rules/people-rules.ts'
import { managersAwaited, managersOf, personsById } from './imported-persons-store.ts'
import { peopleSource } from './write-people.ts'

/** Whom each of a chain reports to, from one upwards; ends where it comes back to itself. */
function chainFrom(managers: ReadonlyMap<string, string>, from: string): string[] {
  const chain = new Set<string>()
  for (let at: string | undefined = from; at !== undefined && !chain.has(at); at = managers.get(at)) chain.add(at)
  return [...chain]
}

/** When all rows are in, whoever was named as a manager before being there is found. Whoever closes a circle, or is still missing, is left out. */
export async function findManagers(ctx: Ctx): Promise<void> {
  const { organisation } = ctx.actor
  const awaited = await managersAwaited(ctx.tx, organisation, peopleSource)
  if (awaited.length === 0) return
  const named = await personsNamed(
    ctx.tx,
    organisation,
    awaited.map((one) => one.word),
  )
  const managers = await managersOf(ctx.tx, organisation)
  const ids = awaited.map((one) => one.id)
  const persons = await personsById(ctx.tx, organisation, ids, ids)
  const identities = await importedIdentities(ctx.tx, peopleSource, [...persons.keys()])
  const kept: ImportedRecord[] = []
  for (const { id, word } of awaited) {
    const person = persons.get(id)
    const manager = oneNamed(named, word).id
    if (person === undefined || manager === null || whyNotManagedBy(id, chainFrom(managers, manager)) !== null) continue
    kept.push({ id, identity: identities.get(id)!, said: { manager: { text: word, value: manager } } })
    managers.set(id, manager)
    if (person.manager_id === manager) continue
    await updatePerson(ctx.tx, id, { manager_id: manager })
    const change = changes({ manager_id: person.manager_id }, { manager_id: manager })
    ctx.record({ type: 'person.changed', subject: { kind: 'person', id }, ...change })
  }
  await keepImported(ctx.tx, organisation, peopleSource, kept)
}
