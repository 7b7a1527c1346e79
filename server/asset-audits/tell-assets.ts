import { assetsById, changeAssets, saveLastAudits, stages } from '../assets/public.ts'
import { systemActor, todayOf } from '../platform/ctx.ts'
import type { Job } from '../platform/jobs.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { auditById } from './audits-store.ts'
import { monthsByCategory, saveTold, untoldRows } from './closed-store.ts'
import { nextAudit } from './rules/accuracy.ts'

export const tellAssetsTask = 'asset-audits.tell-assets'
/** Assets in one transaction: a crash loses no more than one such step. */
const atOnce = 500

/**
 * Tells the things that a closed audit found that they were: last audit and day of the next. A step at a time, each in a transaction of its own, so
 * that an audit of fifty thousand holds nobody up; what has been told is not told again.
 */
export const tellAssetsJob = (platform: Platform): Job => ({
  task: tellAssetsTask,
  async run({ audit, organisation }, signal) {
    while ((await tellSome(platform, String(organisation), String(audit))) === atOnce) signal.throwIfAborted()
  },
})

const tellSome = (platform: Platform, organisation: string, audit: string): Promise<number> =>
  runCommand(platform, systemActor(organisation, 'Linchpin', 'job'), async (ctx) => {
    ctx.unchanged()
    const u = await auditById(ctx.tx, ctx.actor, audit, true)
    if (u === undefined || u.state !== 'closed') return 0
    const rows = await untoldRows(ctx.tx, audit, atOnce)
    const held = new Map(
      (
        await assetsById(
          ctx.tx,
          organisation,
          rows.map((row) => row.asset_id),
          true,
        )
      ).map((a) => [a.id, a]),
    )
    const months = await monthsByCategory(ctx.tx, organisation)
    await saveLastAudits(
      ctx.tx,
      rows.map((row) => ({
        asset_id: row.asset_id,
        audit_id: u.id,
        reference: u.reference,
        name: u.name,
        found_at: row.scanned_at,
        by_name: row.by_name,
        location_id: row.location_id,
        condition: row.condition,
      })),
    )
    const list = rows.map((row) => {
      const before = held.get(row.asset_id)!
      const wait = { audit: u.interval_months, category: months.get(before.category_id) ?? null }
      const rests = stages[before.state].moments === 'rest'
      const next = rests ? before.next_audit_on : nextAudit(todayOf(ctx), wait, before.next_audit_on)
      return { before, columns: { next_audit_on: next } }
    })
    const changed = await changeAssets(ctx, list, {
      type: 'asset.audited',
      done: ['next_audit'],
      also: { reference: u.reference },
    })
    const told = new Set(changed.map((a) => a.id))
    for (const { before } of list)
      if (!told.has(before.id))
        ctx.record({
          type: 'asset.audited',
          subject: { kind: 'asset', id: before.id },
          after: { reference: u.reference },
        })
    await saveTold(
      ctx.tx,
      rows.map((row) => row.id),
    )
    return rows.length
  })
