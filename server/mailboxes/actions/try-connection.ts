import type { Input, Output } from '../../../contract/action.ts'
import type { MailboxConnection, mailboxes, MailboxSecrets } from '../../../contract/mailboxes.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, Problem } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Platform } from '../../platform/platform.ts'
import { countExactly } from '../../platform/rate-limits.ts'
import { tryConnection } from '../imap/try-connection.ts'
import { mailboxById } from '../mailboxes-store.ts'
import { opened, sealed } from '../secrets.ts'

const limitMs = 15_000
/** So often within a minute for each person: whoever tries more often may be guessing, or lock an account. */
const perMinute = 10
/** So many at once on a node: each holds a connection to the database while it waits. */
const mostAtOnce = 3

/** Tries how a mailbox is reached. What is tried about a mailbox that is kept stands in its history: kept secrets go where somebody says. */
export function tryConnectionAction(platform: Platform) {
  let running = 0
  return async (
    ctx: Ctx,
    input: Input<typeof mailboxes.tryConnection>,
  ): Promise<Output<typeof mailboxes.tryConnection>> => {
    const kept = input.id === undefined ? null : await mailboxById(ctx.tx, ctx.actor.organisation, input.id)
    if (kept === undefined) throw notFound('mailbox')
    const connection = input.connection ?? kept?.connection ?? null
    if (connection === null) throw invalid('connection', 'mailboxes.needs-connection')
    const wait = await countExactly(platform.database.db, `try-mailbox ${ctx.actor.id}`, perMinute)
    if (wait !== null) throw new Problem(429, 'too-many-requests', { retrySeconds: wait })
    if (running >= mostAtOnce) throw new Problem(429, 'too-many-requests', { retrySeconds: limitMs / 1000 })
    const given = typed(connection, input.secrets ?? {})
    const isTyped = Object.keys(given).length > 0
    const secrets = { ...(kept === null ? {} : opened(platform.secret, kept.id, kept.secrets)), ...given }
    // a refresh token may be good for one exchange: what comes for it must be kept, or the mailbox is shut out
    const isLost = secrets.refreshToken !== undefined && (given.refreshToken ?? given.clientSecret) !== undefined
    const id = kept !== null && !isTyped ? kept.id : newId()
    running += 1
    const told = await tryConnection(
      platform,
      {
        id,
        connection,
        secrets: kept !== null && !isTyped ? kept.secrets : sealed(platform.secret, id, secrets),
        whyNoToken: isLost ? { code: 'mailboxes.try.token-unsaved' } : null,
      },
      limitMs,
    ).finally(() => (running -= 1))
    const works = told.every(({ state }) => state !== 'bad')
    const { host, port, user } = connection
    if (kept === null) ctx.unchanged()
    else
      ctx.record({
        type: 'mailbox.tried',
        subject: { kind: 'mailbox', id: kept.id },
        after: { host, port, user, works },
      })
    ctx.log.info({ host, port, works, by: ctx.actor.id }, 'a connection to a mailbox was tried')
    return {
      works,
      steps: told.map(({ step, state, refusal }) => ({
        step,
        state,
        sentence: sentence(refusal.code, refusal.params ?? {}, ctx.actor.zone),
      })),
    }
  }
}

/** What was typed of what this way to sign in needs; an empty text means what is kept. */
const typed = ({ signIn }: MailboxConnection, given: MailboxSecrets): MailboxSecrets =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => value !== '' && value !== undefined && (name === 'password') === (signIn === 'password'),
    ),
  )
