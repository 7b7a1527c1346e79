import { people } from '../contract/people.ts'
import { categories } from '../contract/queues.ts'
import { skills } from '../contract/skills.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'

const known: { name: string; people: string[]; category: string | null }[] = [
  { name: 'ERP', people: ['Magda Wilk', 'Peer Janssen'], category: 'Applications / ERP' },
  { name: 'Laboratory system', people: ['Aylin Çelik'], category: 'Applications / Laboratory system' },
  { name: 'Payroll interface', people: ['Magda Wilk', 'Aylin Çelik'], category: null },
  { name: 'VPN gateways', people: ['Ines Cordes', 'Oskar Lis'], category: 'Network / VPN' },
  { name: 'Polish', people: ['Alicja Dudek', 'Magda Wilk', 'Oskar Lis', 'Rafał Bąk'], category: null },
]

/** What people of the invented company can do that others cannot, and which categories need it. Nothing where there are skills already. */
export async function giveSkills(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from skills limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const of = new Map<string, string[]>()
  for (const { name, people: persons, category } of known) {
    const { id } = await opened.act(cora, skills.create, { name })
    if (category !== null) await opened.act(cora, categories.edit, { id: cast.categories.get(category)!, skills: [id] })
    for (const person of persons) of.set(person, [...(of.get(person) ?? []), id])
  }
  for (const [person, ids] of of) await opened.act(cora, people.edit, { id: cast.actors.get(person)!.id, skills: ids })
}
