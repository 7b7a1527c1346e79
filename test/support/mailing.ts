import { MailIntake, letterComposers, mailedByLetter, mailReplies, storeRaw } from '../../server/mailboxes/public.ts'
import { mailOutlet, MailSender } from '../../server/mail/public.ts'
import { openContents } from '../../server/files/public.ts'
import { tellBouncing } from '../../server/notifications/public.ts'
import { sql } from '../../server/platform/db.ts'
import { eventsById } from '../../server/platform/events.ts'
import { tellPeople } from '../../server/tickets/public.ts'
import type { TestServer } from './server.ts'
import type { TakenMessage, TestSmtp } from './smtp.ts'

export interface GivenMail {
  raw?: string | Buffer
  from?: string
  to?: string
  cc?: string
  subject?: string
  text?: string
  messageId?: string
  inReplyTo?: string | undefined
  references?: string
  /** More header lines. */
  headers?: string
  mailbox?: string
}
export interface IncomingRow {
  id: string
  state: string
  did: string | null
  attempts: number
  ticket_id: string | null
  note_id: string | null
  person_id: string | null
  message_id: string | null
  steps: { code: string; params: Record<string, unknown> }[]
}
export interface Mailing {
  raw(given: GivenMail): string
  /** Stores a message and takes it in; `rounds` where it fails on purpose. */
  takenIn(given: GivenMail, rounds?: number): Promise<{ id: string; row: IncomingRow }>
  /** Takes in what waits. */
  round(): Promise<void>
  /** Stores several, then takes all in. */
  takenTogether(given: readonly GivenMail[]): Promise<IncomingRow[]>
  /** Lets replies leave, and answers everything the mail server of the test took since it was last emptied. */
  sent(): Promise<TakenMessage[]>
}

let made = 0

/** Mail in and out of a test server, step by step instead of by timers. */
export async function mailing(server: TestServer, smtp: TestSmtp, mailbox: string): Promise<Mailing> {
  const { platform } = server.opened
  const { db } = platform.database
  const contents = openContents(platform.config)
  const settings = platform.config.mail!
  const outlet = mailOutlet(settings)
  const intake = new MailIntake({
    platform,
    contents,
    outlet,
    onBouncing: tellBouncing,
  })
  const sender = new MailSender(platform, settings, {
    composers: letterComposers({ platform, contents }),
    onBouncing: tellBouncing,
  })
  const reactions = [tellPeople(db, mailedByLetter(platform, outlet)), mailReplies(platform, outlet)]
  const raw = (given: GivenMail): string =>
    [
      `From: ${given.from ?? 'nobody@example.test'}`,
      `To: ${given.to ?? 'desk@brightwater.example'}`,
      ...(given.cc === undefined ? [] : [`Cc: ${given.cc}`]),
      `Subject: ${given.subject ?? 'Something'}`,
      `Message-ID: ${given.messageId ?? `<${made++}.${Date.now()}@example.test>`}`,
      `Date: ${new Date().toUTCString()}`,
      ...(given.inReplyTo === undefined ? [] : [`In-Reply-To: ${given.inReplyTo}`]),
      ...(given.references === undefined ? [] : [`References: ${given.references}`]),
      ...(given.headers === undefined ? [] : [given.headers]),
      '',
      given.text ?? 'Some words.',
      '',
    ].join('\r\n')
  const store = async (given: GivenMail): Promise<string> =>
    (
      await storeRaw(db, contents, {
        organisation: server.organisation,
        mailbox: given.mailbox ?? mailbox,
        raw: Buffer.from(given.raw ?? raw(given)),
      })
    ).id
  const rowOf = async (id: string): Promise<IncomingRow> =>
    (await sql<IncomingRow>`select * from incoming_mails where id = ${id}`.execute(db)).rows[0]!
  return {
    raw,
    round: () => intake.round(),
    async takenIn(given, rounds = 1) {
      const id = await store(given)
      for (let i = 0; i < rounds; i++) {
        await sql`update incoming_mails set next_at = now() where state = 'received'`.execute(db)
        await intake.round()
      }
      return { id, row: await rowOf(id) }
    },
    async takenTogether(given) {
      const ids: string[] = []
      for (const one of given) ids.push(await store(one))
      await intake.round()
      return Promise.all(ids.map(rowOf))
    },
    async sent() {
      const { rows } = await sql<{ event_id: string }>`delete from outbox returning event_id`.execute(db)
      for (const event of await eventsById(
        db,
        rows.map((row) => row.event_id),
      ))
        for (const reaction of reactions) if (reaction.hears.includes(event.type)) await reaction.react(event)
      await sender.round()
      return [...smtp.taken]
    },
  }
}
