import { mailboxes } from '../contract/mailboxes.ts'
import { queues } from '../contract/queues.ts'
import { tickets } from '../contract/tickets.ts'
import { openContents } from '../server/files/public.ts'
import { MailIntake, storeRaw } from '../server/mailboxes/public.ts'
import type { Opened } from '../server/main.ts'
import { sql } from '../server/platform/db.ts'
import { addressOf, company } from './company.ts'
import type { Cast } from './load-demo.ts'

const desk = `desk@${company.domain}`
const minuteMs = 60_000

interface Came {
  from: string
  subject: string
  text: string
  minutesAgo: number
  answers?: number
  more?: string[]
}

/** Mails as they came to the desk; `answers` names the one before it that is answered. */
const first: Came[] = [
  {
    from: 'Peer Janssen',
    subject: 'Docking station loses both screens',
    minutesAgo: 190,
    text: 'Good morning,\n\nsince the update both screens go dark after a few minutes. Unplugging helps for a while.\n\n-- \nPeer Janssen\nHull design',
  },
  {
    from: 'Lotte Harms',
    subject: 'Access to the drawings of hull 212',
    minutesAgo: 150,
    text: 'Hello,\n\nI need to read the drawings of hull 212, for the survey on Thursday. Kari Solberg said it is fine.\n\nThank you\nLotte',
    more: [`Cc: survey@classification.example`],
  },
  {
    from: 'newsletter@hardware-world.example',
    subject: 'This week: 20 % on monitors',
    minutesAgo: 120,
    text: 'Every monitor is cheaper this week.',
    more: ['List-Id: <news.hardware-world.example>', 'Precedence: bulk'],
  },
  {
    from: 'Captain Brandt <brandt@tugs-north.example>',
    subject: 'Cannot open your invoice',
    minutesAgo: 95,
    text: 'Dear colleagues,\n\nthe PDF of invoice 88-1042 cannot be opened here. Could you send it again?\n\nBrandt',
  },
  {
    from: 'Tim Reinders',
    subject: 'Automatic reply: your laptop',
    minutesAgo: 60,
    text: 'I am at sea until the 14th.',
    more: ['Auto-Submitted: auto-replied'],
  },
]
const later: Came[] = [
  {
    from: 'Peer Janssen',
    subject: 'Re: Docking station loses both screens',
    minutesAgo: 35,
    answers: 0,
    text: `It is the one with the round plug.\n\nOn Tue, 19 May 2026 at 09:12, IT desk <${desk}> wrote:\n> Which docking station is it, the one with the round plug?`,
  },
  {
    from: 'max.muster@elsewhere.example',
    subject: 'Re: Docking station loses both screens',
    minutesAgo: 20,
    answers: 0,
    text: 'We have the same here. What did you do about it?',
  },
]

const idOf = (n: number) => `<demo.${n}@mail.${company.domain}>`

function raw(mail: Came, n: number): Buffer {
  const from = mail.from.includes('@') ? mail.from : `${mail.from} <${addressOf(mail.from)}>`
  return Buffer.from(
    [
      `From: ${from}`,
      `To: IT desk <${desk}>`,
      `Subject: ${mail.subject}`,
      `Message-ID: ${idOf(n)}`,
      `Date: ${new Date(Date.now() - mail.minutesAgo * minuteMs).toUTCString()}`,
      ...(mail.answers === undefined ? [] : [`In-Reply-To: ${idOf(mail.answers)}`]),
      ...(mail.more ?? []),
      'Content-Type: text/plain; charset=utf-8',
      '',
      ...mail.text.split('\n'),
      '',
    ].join('\r\n'),
  )
}

/** A mailbox of the desk, with mails of every kind: taken in by the intake itself, so that each shows why it went where it is. */
export async function mailThatCame(opened: Opened, cast: Cast): Promise<void> {
  const { platform, organisation } = opened
  const { db } = platform.database
  if ((await sql`select 1 from mailboxes limit 1`.execute(db)).rows.length > 0) return
  const cora = cast.actors.get('Cora Lindqvist')!
  const { items } = await opened.act(cora, queues.list, {})
  const queue = (items.find((one) => one.isDefault) ?? items[0]!).id
  const { id: mailbox } = await opened.act(cora, mailboxes.create, {
    name: 'IT desk',
    kind: 'gateway',
    addresses: [desk],
    queue,
    unknownSenders: 'quarantine',
  })
  await opened.act(cora, mailboxes.create, {
    name: 'Personnel questions',
    kind: 'imap',
    addresses: [`personnel-it@${company.domain}`],
    queue,
    confidential: true,
    active: false,
    // a host that never resolves (RFC 6761): the demo fetches from nobody
    connection: { host: 'imap.invalid', user: 'personnel-it' },
  })
  const contents = openContents(platform.config)
  const intake = new MailIntake({
    platform,
    contents,
    outlet: null,
    onBouncing: () => Promise.resolve(),
  })
  const take = async (mails: readonly Came[], from: number) => {
    for (const [n, mail] of mails.entries())
      await storeRaw(db, contents, {
        organisation,
        mailbox,
        raw: raw(mail, from + n),
        recipients: [desk],
        receivedAt: new Date(Date.now() - mail.minutesAgo * minuteMs).toISOString(),
      })
    await intake.round()
  }
  await take(first, 0)
  const { rows } = await sql<{ id: string }>`
    select ticket_id as id from incoming_mails where message_id = ${idOf(0)} and ticket_id is not null`.execute(db)
  if (rows[0] !== undefined)
    await opened.act(cora, tickets.addNote, {
      id: rows[0].id,
      public: true,
      body: '<p>Which docking station is it, the one with the round plug?</p>',
    })
  await take(later, first.length)
  // one that could not be taken in: what the parking lot is for
  await sql`
    insert into incoming_mails (id, organisation_id, mailbox_id, sha256, size, body, received_at, state, attempts, steps, subject, from_name, from_address, done_at)
    select gen_random_uuid(), organisation_id, mailbox_id, sha256(body || '.'::bytea), size, body, received_at - interval '1 hour', 'parked', 3,
      '[{"code": "mailboxes.step.failed", "params": {"error": "The queue of this mailbox is not in use any more."}}]', 'Key card does not open the store', 'Hanne Moe', ${addressOf('Hanne Moe')}, now()
    from incoming_mails where message_id = ${idOf(1)}`.execute(db)
}
