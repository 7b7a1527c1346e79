import type { Platform } from '../platform/platform.ts'
import { runCommand } from '../platform/platform.ts'
import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { Problem } from '../platform/errors.ts'
import { countExactly } from '../platform/rate-limits.ts'
import { whyNotSignIn } from './rules/signing-in.ts'
import type { Identification } from './identify.ts'
import type { SignInAttempt, SignInGuard } from './sign-in.ts'
import { tellAccess } from './access.ts'

/** Attempts allowed from one address within a minute on all nodes together, whatever account they name. */
const perAddress = 30
/** Failures in a row after which an account is locked, and for how long (seconds), doubling up to a day. */
const failuresAllowed = 5
const lockSeconds = 60

interface Account {
  id: string
  person_id: string
  organisation_id: string
  failed_sign_ins: number
  locked_until: string | null
  disabled_at: string | null
}

/** Limits attempts, locks accounts that are guessed at, and records every sign-in, failed ones too. */
export function signInGuard(platform: Platform, identification: Identification): SignInGuard {
  const accountBy = async (attempt: SignInAttempt): Promise<Account | undefined> => {
    const address = attempt.body['email']
    if (typeof address !== 'string') return undefined
    const { rows } = await sql<Account>`
      select a.id, a.person_id, p.organisation_id, a.failed_sign_ins, a.locked_until, a.disabled_at
      from accounts a join persons p on p.id = a.person_id where a.email = ${address.trim().toLowerCase()}`.execute(
      platform.database.db,
    )
    return rows[0]
  }
  const note = async (
    account: Account,
    type: string,
    after: Record<string, unknown>,
    change: (failed: number) => ReturnType<typeof sql>,
  ) =>
    runCommand(platform, systemActor(account.organisation_id, 'Sign-in'), async (ctx) => {
      await change(account.failed_sign_ins).execute(ctx.tx)
      ctx.record({ type, subject: { kind: 'person', id: account.person_id }, after })
    })

  return {
    async before(attempt) {
      if (attempt.path === '/sign-out') return
      const wait = await countExactly(platform.database.db, `sign-in ${attempt.address}`, perAddress)
      if (wait !== null) throw new Problem(429, 'too-many-requests', { retrySeconds: wait })
      if (attempt.path !== '/sign-in/email') return
      const account = await accountBy(attempt)
      const refusal =
        account === undefined
          ? null
          : whyNotSignIn(
              { disabled: account.disabled_at !== null, lockedUntil: account.locked_until },
              new Date().toISOString(),
            )
      if (refusal !== null)
        throw new Problem(refusal.code === 'sign-in.locked' ? 429 : 403, refusal.code, refusal.params ?? {})
    },
    async after(attempt, status, answer) {
      const from = { from: attempt.address }
      if (attempt.path === '/sign-in/email') {
        const account = await accountBy(attempt)
        if (account === undefined) return
        if (status === 401) {
          const failed = account.failed_sign_ins + 1
          const seconds =
            failed >= failuresAllowed ? Math.min(86_400, lockSeconds * 2 ** (failed - failuresAllowed)) : 0
          await note(
            account,
            seconds > 0 ? 'account.locked' : 'account.sign-in-failed',
            { ...from, failures: failed },
            () =>
              sql`update accounts set failed_sign_ins = failed_sign_ins + 1, locked_until = case when ${seconds}::int > 0 then now() + make_interval(secs => ${seconds}::int) end where id = ${account.id}`,
          )
        } else if (status < 300 && answer['twoFactorRedirect'] !== true) await signedIn(account, from, 'password')
      } else if (status < 300) {
        identification.forget()
        await tellAccess(platform.database.db)
        const actor = await identification.of(attempt.request).catch(() => null)
        const account = actor?.account ?? (answer['user'] as { id?: string } | undefined)?.id
        const found = account === undefined ? undefined : await accountById(account)
        if (found === undefined) return
        if (attempt.path.startsWith('/two-factor/verify')) await signedIn(found, from, 'second factor')
        else await note(found, recorded[attempt.path] ?? 'account.changed', from, () => sql`select 1`)
      }
    },
  }

  async function accountById(id: string): Promise<Account | undefined> {
    const { rows } = await sql<Account>`
      select a.id, a.person_id, p.organisation_id, a.failed_sign_ins, a.locked_until, a.disabled_at from accounts a join persons p on p.id = a.person_id where a.id = ${id}`.execute(
      platform.database.db,
    )
    return rows[0]
  }
  async function signedIn(account: Account, from: Record<string, unknown>, by: string): Promise<void> {
    await note(
      account,
      'account.signed-in',
      { ...from, by },
      () =>
        sql`update accounts set failed_sign_ins = 0, locked_until = null, last_sign_in_at = now() where id = ${account.id}`,
    )
  }
}

const recorded: Record<string, string> = {
  '/sign-out': 'account.signed-out',
  '/change-password': 'account.password-changed',
  '/two-factor/enable': 'account.second-factor-begun',
  '/two-factor/disable': 'account.second-factor-removed',
  '/two-factor/generate-backup-codes': 'account.backup-codes-made',
}
