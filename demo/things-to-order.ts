import type { ApprovalDefinition } from '../contract/approvals.ts'
import { approvals } from '../contract/approvals.ts'
import { catalogue, catalogueSetup, type FormField, type ServiceTask } from '../contract/catalogue.ts'
import { ratings } from '../contract/ratings.ts'
import { tickets } from '../contract/tickets.ts'
import type { Opened } from '../server/main.ts'
import type { Actor } from '../server/platform/ctx.ts'
import { sql } from '../server/platform/db.ts'
import { demoRequester } from './it-department.ts'
import type { Cast } from './load-demo.ts'

type Field = Partial<FormField> & Pick<FormField, 'key' | 'label' | 'type'>
type Task = Partial<ServiceTask> & Pick<ServiceTask, 'title'>
interface Service {
  name: string
  summary: string
  fields: Field[]
  price?: { oneOff: number; monthly: number }
  deliveryDays?: number
  approval?: Pick<ApprovalDefinition, 'stages'>
  tasks: Task[]
  visibleTo?: { departments: string[] }
}

const when = (field: string, ...is: string[]) => ({ showWhen: [{ field, is }] })
const manager = (name: string, more: object = {}) => ({
  name,
  need: 'all' as const,
  count: 1,
  approvers: [{ kind: 'manager' as const, level: 1 }],
  above: null,
  ...more,
})
const above = (minor: number) => ({ above: { minor, currency: 'EUR' } })

/** What the invented company's people can order. */
const services = (team: (name: string) => { kind: 'team'; id: string }): Record<string, Service[]> => ({
  Workplace: [
    {
      name: 'New laptop',
      summary: 'A laptop with everything you work with on it.',
      price: { oneOff: 129_000, monthly: 0 },
      deliveryDays: 5,
      fields: [
        {
          key: 'model',
          label: 'Model',
          type: 'choice',
          required: true,
          choices: ['14 inch', '16 inch', 'For drawing'],
          prices: [
            { choice: '16 inch', cost: { oneOff: 30_000, monthly: 0 } },
            { choice: 'For drawing', cost: { oneOff: 140_000, monthly: 0 } },
          ],
        },
        {
          key: 'why_drawing',
          label: 'Which drawing program?',
          type: 'text',
          required: true,
          ...when('model', 'For drawing'),
        },
        {
          key: 'dock',
          label: 'With a docking station',
          type: 'boolean',
          prices: [{ choice: 'yes', cost: { oneOff: 19_000, monthly: 0 } }],
        },
        { key: 'replaces', label: 'It replaces one I have', type: 'boolean' },
        { key: 'old', label: 'Which one?', type: 'device', required: true, ...when('replaces', 'yes') },
        { key: 'by', label: 'Needed by', type: 'date' },
      ],
      approval: {
        stages: [
          manager('Manager'),
          manager('Head of department', { approvers: [{ kind: 'manager', level: 2 }], ...above(150_000) }),
        ],
      },
      tasks: [
        { title: 'Take it from stock or order it', owner: team('Workplace'), hours: 16 },
        { title: 'Install and set up', stage: 2, owner: team('Workplace'), hours: 8 },
        { title: 'Hand it over', stage: 3, owner: team('Service desk'), hours: 8 },
      ],
    },
    {
      name: 'Phone and contract',
      summary: 'A mobile phone with a contract for calls and data.',
      price: { oneOff: 49_000, monthly: 2_900 },
      deliveryDays: 8,
      fields: [
        { key: 'number', label: 'Keep my number', type: 'boolean' },
        { key: 'which', label: 'Number to keep', type: 'text', required: true, ...when('number', 'yes') },
        {
          key: 'abroad',
          label: 'Where do you travel?',
          type: 'choice',
          required: true,
          choices: ['At home', 'Europe', 'Everywhere'],
          prices: [{ choice: 'Everywhere', cost: { oneOff: 0, monthly: 1_500 } }],
        },
      ],
      approval: { stages: [manager('Manager')] },
      tasks: [
        { title: 'Order the contract', hours: 16 },
        { title: 'Enrol the phone', stage: 2, owner: team('Workplace'), hours: 8 },
      ],
    },
    {
      name: 'Something else to buy',
      summary: 'What is in no list: say what it is, where you found it and what it costs.',
      price: { oneOff: 0, monthly: 0 },
      fields: [
        { key: 'what', label: 'What?', type: 'text', required: true },
        { key: 'price', label: 'Price', type: 'money', required: true, adds: 'oneOff' },
        { key: 'offer', label: 'Offer', type: 'file' },
      ],
      approval: {
        stages: [
          manager('Manager'),
          manager('Their manager', { approvers: [{ kind: 'manager', level: 2 }], ...above(100_000) }),
        ],
      },
      tasks: [{ title: 'Buy it', owner: team('Service desk'), hours: 16 }],
    },
  ],
  Access: [
    {
      name: 'Access to an application',
      summary: 'A role in one of our applications.',
      deliveryDays: 2,
      fields: [
        {
          key: 'application',
          label: 'Application',
          type: 'choice',
          required: true,
          choices: ['ERP', 'CAD library', 'Sales figures', 'Time sheets'],
        },
        { key: 'role', label: 'What do you need to do there?', type: 'long_text', required: true },
        { key: 'until', label: 'Until', type: 'date' },
      ],
      approval: {
        stages: [
          manager('Manager'),
          manager('Owner of the application', { need: 'one', approvers: [team('Business applications')] }),
        ],
      },
      tasks: [{ title: 'Give the role', owner: team('Identity and access'), hours: 8 }],
    },
  ],
  People: [
    {
      name: 'A new colleague starts',
      summary: 'Everything somebody needs on the first day.',
      deliveryDays: 10,
      fields: [
        { key: 'name', label: 'Name', type: 'text', required: true },
        { key: 'first_day', label: 'First day', type: 'date', required: true },
        { key: 'mentor', label: 'Who looks after them?', type: 'person', required: true },
        { key: 'laptop', label: 'Needs a laptop', type: 'boolean' },
        { key: 'papers', label: 'Job description', type: 'file' },
      ],
      tasks: [
        { title: 'Create accounts and mailbox', owner: team('Identity and access'), hours: 16 },
        { title: 'Prepare the laptop', owner: team('Workplace'), hours: 24 },
        { title: 'Grant the applications', owner: team('Business applications'), hours: 16 },
        { title: 'Welcome on the first day', stage: 2, owner: team('Service desk'), hours: 8 },
      ],
    },
    {
      name: 'A new report of personnel figures',
      summary: 'For Human resources alone.',
      fields: [{ key: 'what', label: 'Which figures?', type: 'long_text', required: true }],
      tasks: [{ title: 'Build the report', owner: team('HR systems'), hours: 40 }],
      visibleTo: { departments: ['Human resources'] },
    },
  ],
})

/** A catalogue, orders in every stage, and what people say of how they were served. Nothing where some of it is there already. */
export async function thingsToOrder(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from catalogue_services limit 1`.execute(db)).rows.length > 0) return
  const coordinator = cast.actors.get('Cora Lindqvist')!
  const ids = new Map(
    (await sql<{ id: string; name: string }>`select id, name from teams`.execute(db)).rows.map((row) => [
      row.name,
      row.id,
    ]),
  )
  const made = new Map<string, string>()
  for (const [position, [name, list]] of Object.entries(
    services((team) => ({ kind: 'team', id: ids.get(team)! })),
  ).entries()) {
    const { id: category } = await opened.act(coordinator, catalogueSetup.createCategory, { name, position })
    for (const definition of list) {
      const { id } = await opened.act(coordinator, catalogueSetup.create, {
        category,
        definition: { currency: definition.price === undefined ? null : 'EUR', ...definition },
      })
      await opened.act(coordinator, catalogueSetup.publish, { id })
      made.set(definition.name, id)
    }
  }
  const rita = cast.actors.get(demoRequester)!
  const [first, second, third] = cast.requesters
    .flatMap((name) => cast.actors.get(name) ?? [])
    .filter((one) => one.id !== rita.id)
  await manages(
    opened,
    cast,
    rita,
    [first, second, third].filter((one) => one !== undefined),
  )
  const order = async (by: Actor, service: string, answers: object) =>
    (await opened.act(by, catalogue.order, { id: made.get(service)!, answers: answers as Record<string, string> }))
      .ticket.id
  const approve = async (ticket: string) => {
    const { rows } = await sql<{ id: string; person: string }>`
      select a.id, c.person_id as person from approvals a join approval_candidates c on c.approval_id = a.id and c.open where a.subject_id = ${ticket} and a.state = 'waiting' limit 1`.execute(
      db,
    )
    const decider = [...cast.actors.values()].find((actor) => actor.person === rows[0]?.person)
    if (decider !== undefined)
      await opened.act(decider, approvals.decide, { id: rows[0]!.id, approve: true, comment: 'Fine with me' })
  }
  if (first === undefined || second === undefined || third === undefined) return
  // waits for Rita, who leads them
  await order(first, 'New laptop', { model: '16 inch', dock: true })
  await order(second, 'Phone and contract', { abroad: 'Europe' })
  // Rita's own, with her manager
  await order(rita, 'New laptop', { model: 'For drawing', why_drawing: 'Plans of housings' })
  await approve(await order(rita, 'Phone and contract', { abroad: 'Everywhere' }))
  await order(third, 'A new colleague starts', {
    name: 'Ylva Strand',
    first_day: '2027-01-04',
    mentor: rita.person,
    laptop: true,
  })
  await rated(opened, cast)
}

/** Rita leads a few people, and the manager of IT leads her. */
async function manages(opened: Opened, cast: Cast, rita: Actor, led: readonly Actor[]): Promise<void> {
  const { db } = opened.platform.database
  const head = cast.actors.get('Marek Zieliński')!
  await sql`update persons set manager_id = ${head.person} where id = ${rita.person}`.execute(db)
  await sql`update persons set manager_id = ${rita.person} where id = any(${led.map((one) => one.person)}::uuid[])`.execute(
    db,
  )
}

/** Marks for what was resolved in the last days, most of them good. */
async function rated(opened: Opened, cast: Cast): Promise<void> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, p.name from tickets t join persons p on p.id = t.requester_id
    where t.state in ('resolved', 'closed') and not t.confidential and t.resolved_at > now() - interval '10 days' order by t.resolved_at desc limit 40`.execute(
    opened.platform.database.db,
  )
  let given = 0
  for (const [at, row] of rows.entries()) {
    const by = cast.actors.get(row.name)
    if (by === undefined || at % 3 === 2) continue
    const bad = given++ === 3
    await opened.act(by, ratings.rate, {
      id: row.id,
      score: bad ? 2 : at % 4 === 1 ? 4 : 5,
      words: bad ? 'It took a week, and I had to ask twice.' : at % 5 === 0 ? 'Quick and kind.' : '',
    })
  }
  // one that Rita has not said anything about yet
  const rita = cast.actors.get(demoRequester)!
  const { id } = await opened.act(rita, tickets.open, { title: 'The projector in the meeting room stays dark' })
  await opened.act(cast.actors.get('Cora Lindqvist')!, tickets.resolve, {
    id,
    resolution: '<p>The cable was loose.</p>',
  })
}
