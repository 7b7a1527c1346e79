import { calendars } from '../contract/calendars.ts'
import { people, teams } from '../contract/people.ts'
import { setup } from '../contract/set-up.ts'
import type { Role } from '../contract/permissions.ts'
import { serviceLevels } from '../contract/service-levels.ts'
import { categories, queues } from '../contract/queues.ts'
import { vendors } from '../contract/vendors.ts'
import { webhooks } from '../contract/webhooks.ts'
import type { Opened } from '../server/main.ts'
import type { Actor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import { addressOf, company, firstNames, lastNames } from './company.ts'
import { demoCalendars, demoLevels } from './hours.ts'
import { demoPassword, demoRequester, itPeople, itQueues, itTeams, itVendors } from './it-department.ts'
import type { Cast } from './load-demo.ts'
import { seeded } from './random.ts'
import { confidentialSubject, subjects } from './subjects.ts'

interface Employee {
  name: string
  department: string
  site: string
  costCentre: string
}

/** The staff outside IT: the people of Human resources first, then a requester who can sign in. */
function employees(): Employee[] {
  const random = seeded(7)
  const taken = new Set(itPeople.map((p) => p.name).concat(demoRequester))
  const made: Employee[] = []
  const hire = (department: string, costCentre: string, count: number) => {
    for (let i = 0; i < count; i++) {
      let name = ''
      do name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
      while (taken.has(name) || [...taken].some((other) => addressOf(other) === addressOf(name)))
      taken.add(name)
      made.push({
        name,
        department,
        costCentre,
        site: random.chance(0.5) ? company.sites[0]! : random.pick(company.sites),
      })
    }
  }
  const [personnel, others] = [
    company.departments.filter((d) => d.name === 'Human resources'),
    company.departments.filter((d) => d.name !== 'Human resources'),
  ]
  for (const one of [...personnel, ...others]) hire(one.name, one.costCentre, one.share)
  made.splice(8, 0, { name: demoRequester, department: 'Sales', costCentre: '2100', site: 'Bremerhaven' })
  return made
}

/** People, teams, queues, categories, calendars, service levels, vendors. What is there already stays. */
export async function layFoundations(opened: Opened, system: Actor): Promise<Cast> {
  const { db } = opened.platform.database
  const idsOf = async (table: 'teams' | 'queues' | 'vendors' | 'calendars' | 'service_levels') =>
    new Map(
      (
        await sql<{
          id: string
          name: string
        }>`select id, name from ${sql.table(table)} where organisation_id = ${opened.organisation}`.execute(db)
      ).rows.map((row) => [row.name, row.id]),
    )
  const ids = await persons(opened, system)

  const teamIds = await idsOf('teams')
  for (const team of itTeams) {
    const lead = ids.get(team.lead)!
    const id = teamIds.get(team.name) ?? (await opened.act(system, teams.create, { name: team.name })).id
    teamIds.set(team.name, id)
    await opened.act(system, teams.edit, { id, lead })
  }
  for (const person of itPeople)
    for (const team of person.teams)
      await opened.act(system, teams.setMember, {
        id: teamIds.get(team)!,
        person: ids.get(person.name)!,
        confidential: person.trusted === true,
      })

  const calendarIds = await idsOf('calendars')
  for (const calendar of demoCalendars(new Date().getUTCFullYear()))
    if (!calendarIds.has(calendar.name))
      calendarIds.set(calendar.name, (await opened.act(system, calendars.create, calendar)).id)

  const queueIds = await idsOf('queues')
  for (const queue of itQueues) {
    const served = queue.teams.map((team) => teamIds.get(team)!)
    const id = queueIds.get(queue.name)
    if (id === undefined)
      queueIds.set(
        queue.name,
        (await opened.act(system, queues.create, { name: queue.name, description: queue.description, teams: served }))
          .id,
      )
    else await opened.act(system, queues.edit, { id, description: queue.description, teams: served })
  }

  const levelIds = await idsOf('service_levels')
  const before = [...levelIds.values()]
  for (const level of demoLevels.filter((one) => !levelIds.has(one.name))) {
    const conditions = {
      ...level.conditions,
      ...(level.conditions.queues === undefined
        ? {}
        : { queues: level.conditions.queues.map((name) => queueIds.get(name)!) }),
    }
    levelIds.set(
      level.name,
      (
        await opened.act(system, serviceLevels.create, {
          name: level.name,
          calendar: calendarIds.get(level.calendar)!,
          conditions,
          targets: level.targets,
        })
      ).id,
    )
  }
  if (levelIds.size > before.length) {
    const ordered = (await opened.act(system, serviceLevels.list, {})).items.map((level) => level.id)
    const first = demoLevels.map((level) => levelIds.get(level.name)!)
    await opened.act(system, serviceLevels.reorder, { ids: [...first, ...ordered.filter((id) => !first.includes(id))] })
  }

  const vendorIds = await idsOf('vendors')
  for (const { hours, ...vendor } of itVendors)
    if (!vendorIds.has(vendor.name))
      vendorIds.set(
        vendor.name,
        (await opened.act(system, vendors.create, { ...vendor, calendar: calendarIds.get(hours)! })).id,
      )

  // at rest, because nobody listens at an invented address
  if ((await opened.act(system, webhooks.list, {})).items.length === 0) {
    const { webhook } = await opened.act(system, webhooks.create, {
      name: 'Status page',
      url: 'https://status.brightwater.example/hooks/linchpin',
      types: ['ticket.opened', 'ticket.resolved'],
      role: 'coordinator',
    })
    await opened.act(system, webhooks.edit, { id: webhook.id, active: false })
  }

  return {
    actors: actors(opened, ids, teamIds),
    requesters: employees().map((e) => e.name),
    categories: await tree(opened, system),
    vendors: vendorIds,
  }
}

/** Records everybody, gives accounts with the known password to IT and one requester. Answers ids by name. */
async function persons(opened: Opened, system: Actor): Promise<Map<string, string>> {
  const { db } = opened.platform.database
  const ids = new Map(
    (
      await sql<{
        id: string
        email: string
      }>`select person_id as id, email from person_emails where email like ${`%@${company.domain}`}`.execute(db)
    ).rows.map((row) => [row.email, row.id]),
  )
  const all = [
    ...itPeople.map((p) => ({ name: p.name, department: 'IT', site: company.sites[0]!, costCentre: '1300' })),
    ...employees(),
  ]
  const found = new Map<string, string>()
  const record = async (one: (typeof all)[number], manager?: string) => {
    const email = addressOf(one.name)
    const employeeNumber = `H${1001 + all.indexOf(one)}`
    const given = { ...one, emails: [email], employeeNumber, ...(manager === undefined ? {} : { manager }) }
    found.set(one.name, ids.get(email) ?? (await opened.act(system, people.create, given)).id)
  }
  const head = all.find((one) => one.name === 'Marek Zieliński')!
  await record(head)
  await several(
    all.filter((one) => one !== head),
    (one) => record(one, one.department === 'IT' ? found.get(head.name) : undefined),
  )
  const accounts: [name: string, role: Role][] = [
    ...itPeople.map((p): [string, Role] => [p.name, p.role]),
    [demoRequester, 'requester'],
  ]
  await several(accounts, async ([name, role]) => {
    const id = found.get(name)!
    const has =
      await sql`select 1 from accounts a join account_credentials c on c.account_id = a.id where a.person_id = ${id}`.execute(
        db,
      )
    if (has.rows.length > 0) return
    const { link } = await opened.act(system, people.invite, { id, role })
    await opened.act(system, setup.accept, { token: link.split('/').at(-1)!, password: demoPassword })
  })
  return found
}

/** Does the same for each, a few at once. */
async function several<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items]
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item)
  }
  await Promise.all([work(), work(), work(), work()])
}

async function tree(opened: Opened, system: Actor): Promise<Map<string, string>> {
  const byPath = new Map(
    (await opened.act(system, categories.list, {})).items.map((category) => [category.path, category.id]),
  )
  for (const [branch, leaf] of [...subjects, confidentialSubject].map((s) => s.category)) {
    const above = byPath.get(branch) ?? (await opened.act(system, categories.create, { name: branch })).id
    byPath.set(branch, above)
    const path = `${branch} / ${leaf}`
    if (!byPath.has(path))
      byPath.set(path, (await opened.act(system, categories.create, { name: leaf, parent: above })).id)
  }
  return byPath
}

/** Everybody as the actor they would be when signed in. */
function actors(opened: Opened, ids: Map<string, string>, teamIds: Map<string, string>): Map<string, Actor> {
  const staff = new Map(itPeople.map((p) => [p.name, p]))
  return new Map(
    [...ids].map(([name, id]): [string, Actor] => {
      const it = staff.get(name)
      const served = (it?.teams ?? []).map((team) => teamIds.get(team)!)
      return [
        name,
        {
          kind: 'person',
          id,
          name,
          role: it?.role ?? 'requester',
          organisation: opened.organisation,
          person: id,
          account: null,
          session: null,
          teams: served,
          confidentialTeams: it?.trusted === true ? served : [],
          zone: company.zone,
        },
      ]
    }),
  )
}
