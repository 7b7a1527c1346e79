import type { Input, Output } from '../../../contract/action.ts'
import type { mine } from '../../../contract/mine.ts'
import { permissionsOf } from '../../../contract/permissions.ts'
import { tellAccess } from '../access.ts'
import { sessionsOf, settingsOf } from '../accounts-store.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import { forbidden, notFound } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import type { Actor } from '../../platform/ctx.ts'

/** What capabilities above add to the reader's own page. */
export interface MineParts {
  queuesServed(db: Db, actor: Actor): Promise<{ id: string; name: string }[]>
  unread(db: Db, person: string): Promise<number>
}

export function mineActions(parts: MineParts) {
  const show = async (ctx: Ctx): Promise<Output<typeof mine.show>> => {
    const { actor } = ctx
    const settings = actor.account === null ? undefined : await settingsOf(ctx.tx, actor.account)
    const teams = await sql<{
      id: string
      name: string
    }>`select id, name from teams where id = any(${actor.teams}) order by name`.execute(ctx.tx)
    const organisations = await sql<{
      id: string
      name: string
    }>`select id, name from organisations order by name`.execute(ctx.tx)
    return {
      person: actor.person === null ? null : { id: actor.person, name: actor.name, email: settings?.email ?? null },
      role: actor.role,
      permissions: [...permissionsOf[actor.role]],
      teams: teams.rows,
      queues: await parts.queuesServed(ctx.tx, actor),
      settings: {
        zone: settings?.zone ?? 'UTC',
        locale: settings?.locale ?? 'en',
        theme: settings?.theme ?? 'auto',
        notifyBrowser: settings?.notify_browser ?? false,
      },
      secondFactor: settings?.two_factor_enabled ?? false,
      unreadNotifications: actor.person === null ? 0 : await parts.unread(ctx.tx, actor.person),
      organisations: organisations.rows.length > 1 ? organisations.rows : [],
    }
  }
  return {
    show,
    async saveSettings(ctx: Ctx, input: Input<typeof mine.saveSettings>): Promise<Output<typeof mine.saveSettings>> {
      const account = accountOf(ctx)
      const before = await settingsOf(ctx.tx, account)
      if (before === undefined) throw notFound('account')
      const columns = {
        zone: input.zone,
        locale: input.locale,
        theme: input.theme,
        notify_browser: input.notifyBrowser,
      }
      const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
      const change = changes(before, { ...before, ...given })
      if (Object.keys(change.after).length === 0) ctx.unchanged()
      else {
        await ctx.tx.updateTable('accounts').set(given).where('id', '=', account).execute()
        await tellAccess(ctx.tx)
        ctx.record({ type: 'account.settings-changed', subject: { kind: 'person', id: ctx.actor.id }, ...change })
      }
      return show({ ...ctx, actor: { ...ctx.actor, zone: input.zone ?? ctx.actor.zone } })
    },
    async sessions(ctx: Ctx): Promise<Output<typeof mine.sessions>> {
      const rows = ctx.actor.account === null ? [] : await sessionsOf(ctx.tx, ctx.actor.account)
      return {
        items: rows.map((s) => ({
          id: s.id,
          current: s.id === ctx.actor.session,
          createdAt: s.created_at,
          lastSeenAt: s.updated_at,
          expiresAt: s.expires_at,
          address: s.ip_address,
          browser: s.user_agent,
        })),
      }
    },
    async revokeSession(ctx: Ctx, input: Input<typeof mine.revokeSession>): Promise<Output<typeof mine.revokeSession>> {
      const account = accountOf(ctx)
      const { rows } =
        await sql`delete from account_sessions where id::text = ${input.id} and account_id = ${account} returning 1`.execute(
          ctx.tx,
        )
      if (rows.length === 0) throw notFound('session')
      await tellAccess(ctx.tx)
      ctx.record({
        type: 'account.session-ended',
        subject: { kind: 'person', id: ctx.actor.id },
        after: { session: input.id },
      })
      return this.sessions(ctx)
    },
  }
}

function accountOf(ctx: Ctx): string {
  if (ctx.actor.account === null) throw forbidden('account')
  return ctx.actor.account
}
