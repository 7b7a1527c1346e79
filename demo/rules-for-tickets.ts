import { ticketRules } from '../contract/ticket-rules.ts'
import { macros } from '../contract/macros.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import type { Cast } from './load-demo.ts'

/** Rules of the invented company, one of which rests, and macros. Nothing where some are there already. */
export async function ruleTickets(opened: Opened, cast: Cast): Promise<void> {
  const { db } = opened.platform.database
  if ((await sql`select 1 from ticket_rules limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const queues = new Map(
    (await sql<{ id: string; name: string }>`select id, name from queues where active`.execute(db)).rows.map((row) => [
      row.name,
      row.id,
    ]),
  )
  const applications = queues.get('Business applications') ?? [...queues.values()][0]!
  const payrollSkills = (
    await sql<{ id: string }>`select id from skills where name = 'Payroll interface' and active`.execute(db)
  ).rows.map(({ id }) => id)
  const payroll = await opened.act(cora, ticketRules.create, {
    name: 'Payroll to business applications',
    event: 'opened',
    conditions: [{ field: 'text', any: ['payroll', 'pay slip*', 'salary'] }],
    effects: [
      { do: 'queue', value: applications },
      { do: 'urgency', value: '1' },
      { do: 'assignee', value: 'least-loaded', skills: payrollSkills },
    ],
  })
  await opened.act(cora, ticketRules.edit, { id: payroll.id, active: true })
  await opened.act(cora, ticketRules.create, {
    name: 'Ask again after a week',
    event: 'waits',
    waitsSeconds: 7 * 86_400,
    conditions: [{ field: 'state', any: ['waiting_requester'] }],
    effects: [{ do: 'reply', value: 'Do you still need help with this? Without an answer we close it in a week.' }],
  })
  await opened.act(cora, macros.create, {
    name: 'Ask which device',
    keywords: 'tag serial label',
    scope: 'all',
    body: '<p>Hello {{requester.firstName}},</p><p>which device is it? The tag stands on the white label on its back.</p><p>{{me.firstName}}</p>',
    effects: [
      { do: 'assignee', value: 'me' },
      { do: 'state', value: 'waiting_requester' },
    ],
  })
  await opened.act(cora, macros.create, {
    name: 'Restart and tell us',
    keywords: 'reboot windows update',
    scope: 'all',
    body: '<p>Hello {{requester.firstName}},</p><p>please restart the device and tell us whether “{{ticket.subject}}” comes back.</p>',
    effects: [{ do: 'state', value: 'waiting_requester' }],
  })
  await opened.act(cora, macros.create, {
    name: 'Before handing over',
    keywords: 'checklist',
    scope: 'all',
    public: false,
    body: '<p>Tried: restart, other cable, other port. Reach {{requester.firstName}} at {{requester.phone}}.</p>',
    effects: [{ do: 'task', value: 'Hand over to the next level' }],
  })
}
