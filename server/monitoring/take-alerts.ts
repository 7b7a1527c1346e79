import { isAfter } from '../../contract/instants.ts'
import type { ReadAlert } from '../../contract/monitoring.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { actOnTicket } from './act-on-ticket.ts'
import {
  columnsOf,
  deviceOfHost,
  hearAlert,
  insertAlert,
  lockedAlert,
  lockedAlertById,
  saveAct,
} from './alerts-store.ts'
import { failDelivery, lockedDelivery, settleDelivery, type StoredDelivery } from './deliveries-store.ts'
import { readBody } from './read-body.ts'
import { heard } from './rules/follow-alert.ts'
import { nextAct } from './next-act.ts'
import { anySource, policyOf, type StoredSource } from './sources-store.ts'

/** A source of alerts acts under its own name, and opens tickets in any queue. It sees no confidential ticket but those it opened. */
export const sourceActor = (source: Pick<StoredSource, 'id' | 'name' | 'organisation_id'>): Actor => ({
  kind: 'integration',
  id: source.id,
  name: source.name,
  role: 'coordinator',
  organisation: source.organisation_id,
  person: null,
  account: null,
  session: null,
  teams: [],
  confidentialTeams: [],
  zone: 'UTC',
})

/**
 * Makes of a stored message what is in it. Taken once: a repeat of the call finds it settled. A message that cannot be read is kept as failed, with its
 * reason, and so is one that cannot be kept for what it is: only what may pass is tried again. Messages about one alert wait for one another.
 */
export async function takeDelivery(platform: Platform, id: string): Promise<StoredDelivery> {
  const { db } = platform.database
  const known = (await lockedDelivery(db, id))!
  const source = (await anySource(db, known.source_id))!
  try {
    return await runCommand(platform, sourceActor(source), async (ctx) => {
      ctx.unchanged()
      const delivery = (await lockedDelivery(ctx.tx, id))!
      if (delivery.state !== 'received') return delivery
      const settled = await takeAlerts(ctx, source, delivery)
      await settleDelivery(ctx.tx, id, settled)
      return { ...delivery, ...settled }
    })
  } catch (error) {
    if (mayPass(error)) throw error
    platform.log.error({ delivery: id, error: (error as Error).message }, 'a message of monitoring could not be taken')
    // unless another node has taken it meanwhile
    await failDelivery(db, id, [{ code: 'monitoring.not-taken' }])
    return (await lockedDelivery(db, id))!
  }
}

/** Whether trying again may help: the connection, a conflict of transactions, a server that starts, stops or is full (classes of SQLSTATE). */
const mayPass = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(08|40|53|55|57|58|E[A-Z])/.test(code)
}

/** Takes all alerts of a message, and says how the message is to be kept. */
export async function takeAlerts(
  ctx: Ctx,
  source: StoredSource,
  delivery: StoredDelivery,
): Promise<Pick<StoredDelivery, 'state' | 'alerts' | 'reasons'>> {
  const read = readBody(source, delivery)
  if ('code' in read) return { state: 'failed', alerts: 0, reasons: [read] }
  // one order for all messages, so that two with the same alerts do not wait for each other
  for (const alert of read.alerts.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)))
    await takeAlert(ctx, source, alert, { heardAt: delivery.received_at })
  return {
    state: read.alerts.length > 0 ? 'taken' : 'left',
    alerts: read.alerts.length,
    reasons: read.left.slice(0, 50),
  }
}

/**
 * One alert was heard of: new, again, or over. Its ticket is seen to where nothing must be waited for. `heardAt`: when its message was received (ISO), which
 * may be long before it is taken: older news changes nothing of what is known since.
 */
export async function takeAlert(
  ctx: Ctx,
  source: StoredSource,
  read: ReadAlert,
  given: { asset?: string | null; heardAt?: string } = {},
): Promise<void> {
  const policy = policyOf(source)
  const at = given.heardAt ?? ctx.now
  const before = await lockedAlert(ctx.tx, source.id, read.fingerprint)
  // that something of our own is over which never was is no news
  if (before === undefined && read.status === 'resolved' && given.heardAt === undefined) return
  const isOvertaken = given.heardAt !== undefined && before !== undefined && isAfter(before.last_at, at)
  if (isOvertaken && read.status !== before.status) return
  const course = heard(
    before === undefined ? null : { ...before, statusSince: before.status_since },
    read.status,
    ctx.now,
    policy,
  )
  const device =
    given.asset ??
    (read.host === null ? null : (before?.asset_id ?? (await deviceOfHost(ctx.tx, source.organisation_id, read.host))))
  const columns = columnsOf(read, device, course)
  const id =
    before?.id ??
    (await insertAlert(ctx.tx, {
      ...columns,
      organisation_id: source.organisation_id,
      source_id: source.id,
      fingerprint: read.fingerprint,
      at,
    }))
  if (id === null) return takeAlert(ctx, source, read, given)
  if (before !== undefined) await hearAlert(ctx.tx, id, columns, at)
  if (before?.status !== read.status && !(before === undefined && read.status === 'resolved'))
    ctx.record({
      type: read.status === 'firing' ? 'alert.fired' : 'alert.over',
      subject: { kind: 'alert', id },
      after: { title: read.title, severity: read.severity, host: read.host },
    })
  const now = (await lockedAlertById(ctx.tx, id))!
  const next = nextAct(now, source)
  if (next !== null && !isAfter(next.at, ctx.now)) await actOnTicket(ctx, source, now)
  else if ((next?.at ?? null) !== now.act_at) await saveAct(ctx.tx, id, { act_at: next?.at ?? null })
}
