import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { notFound, Problem } from '../../platform/errors.ts'
import { historyPage } from '../../platform/history.ts'
import { auditById, auditPage, countAudits, type StoredAudit } from '../audits-store.ts'
import { countRows, rowPage } from '../rows-store.ts'
import { scanPage } from '../scans-store.ts'
import { hiddenFrom, shownAudit } from '../shown-audit.ts'
import { shownRow, shownScan } from '../shown-row.ts'

const countCap = 1000

async function counted(how: 'exact' | 'capped' | undefined, count: (most: number) => Promise<number>) {
  if (how === undefined) return {}
  const cap = how === 'capped' ? countCap : 1_000_000
  const total = await count(cap + 1)
  return { total: Math.min(total, cap), totalCapped: total > cap }
}

export async function listAudits(
  ctx: Ctx,
  input: Input<typeof assetAudits.list>,
): Promise<Output<typeof assetAudits.list>> {
  const { rows, next } = await auditPage(ctx.tx, ctx.actor, input, input.limit, input.after)
  return {
    items: rows.map((u) => shownAudit(ctx.actor, u)),
    next,
    ...(await counted(input.count, (most) => countAudits(ctx.tx, ctx.actor, input, most))),
  }
}

async function seen(ctx: Ctx, id: string): Promise<StoredAudit> {
  const found = await auditById(ctx.tx, ctx.actor, id)
  if (found === undefined) throw notFound('audit')
  return found
}

export async function showAudit(
  ctx: Ctx,
  input: Input<typeof assetAudits.show>,
): Promise<Output<typeof assetAudits.show>> {
  return shownAudit(ctx.actor, await seen(ctx, input.id))
}

/** The rows of an audit; 403 while it is blind to the reader, who so learns neither what is expected nor how much. */
export async function listRows(
  ctx: Ctx,
  input: Input<typeof assetAudits.rows>,
): Promise<Output<typeof assetAudits.rows>> {
  const u = await seen(ctx, input.id)
  if (hiddenFrom(ctx.actor, u)) throw new Problem(403, 'assetAudits.blind')
  const { rows, next } = await rowPage(ctx.tx, u.id, input, input.limit, input.after)
  return {
    items: rows.map((row) => shownRow(ctx.actor, u, row)),
    next,
    ...(await counted(input.count, (most) => countRows(ctx.tx, u.id, input, most))),
  }
}

/** What was scanned; while the audit is blind to the reader the codes alone, without what they name. */
export async function listScans(
  ctx: Ctx,
  input: Input<typeof assetAudits.scans>,
): Promise<Output<typeof assetAudits.scans>> {
  const u = await seen(ctx, input.id)
  const { rows, next } = await scanPage(ctx.tx, u.id, input.late, input.limit, input.after)
  const hidden = hiddenFrom(ctx.actor, u)
  return {
    items: rows.map((s) => shownScan(s, hidden)),
    next,
    ...(input.count === undefined ? {} : { total: input.late === true ? u.late_scans : u.scans, totalCapped: false }),
  }
}

export async function showHistory(
  ctx: Ctx,
  input: Input<typeof assetAudits.history>,
): Promise<Output<typeof assetAudits.history>> {
  const u = await seen(ctx, input.id)
  return historyPage(ctx.tx, u.id, ctx.actor.zone, input.limit, input.after)
}
