import type { Ctx } from '../platform/ctx.ts'
import type { AuditCounts, StoredAudit } from './audits-store.ts'
import { countsMoved } from './counts-moved.ts'
import { judge } from './judging.ts'
import { joinRows, rowsOf, type StoredRow, unknownRows, writeRows } from './rows-store.ts'
import { decides } from './rules/buckets.ts'
import { readCode } from './rules/codes.ts'
import { assetsNamed, placesFound } from './scans-store.ts'

const atOnce = 2000

/**
 * Codes that nobody knew when they were scanned and that somebody registered before scanning ended are the thing they name: judged as it, and one
 * with its row where it was scanned again since. Answers what becomes of the counters.
 */
export async function takeRegistered(ctx: Ctx, u: StoredAudit): Promise<Partial<AuditCounts>> {
  const gone: StoredRow[] = []
  const come: StoredRow[] = []
  for (let after: string | null = null; ;) {
    const rows = await unknownRows(ctx.tx, u.id, after, atOnce)
    if (rows.length === 0) return countsMoved(gone, come)
    after = rows.at(-1)!.id
    const named = await assetsNamed(
      ctx.tx,
      u.organisation_id,
      rows.map((row) => readCode(row.label)),
    )
    const known = rows.flatMap((row, i) => (named[i] == null ? [] : [{ row, asset: named[i] }]))
    if (known.length === 0) continue
    const there = await rowsOf(
      ctx.tx,
      u.id,
      known.map((one) => one.asset),
      [],
    )
    gone.push(...known.map((one) => one.row), ...there)
    come.push(...(await joined(ctx, u, known, there)))
  }
}

async function joined(
  ctx: Ctx,
  u: StoredAudit,
  known: readonly { row: StoredRow; asset: string }[],
  there: readonly StoredRow[],
): Promise<StoredRow[]> {
  const rows = new Map(there.map((row) => [row.asset_id!, row]))
  const drop: { from: string; to: string }[] = []
  for (const { row, asset } of known) {
    const other = rows.get(asset)
    if (other === undefined) {
      rows.set(asset, { ...row, asset_id: asset })
      continue
    }
    drop.push({ from: row.id, to: other.id })
    const scanned = (one: StoredRow) => ({ scannedAt: one.scanned_at!, id: one.scan_id! })
    const last = other.scan_id === null || decides(scanned(row), scanned(other)) ? row : other
    rows.set(asset, {
      ...other,
      scans: other.scans + row.scans,
      late_scans: other.late_scans + row.late_scans,
      scan_id: last.scan_id,
      scanned_at: last.scanned_at,
    })
  }
  await joinRows(ctx.tx, u.id, drop)
  const list = [...rows.values()]
  const places = await placesFound(
    ctx.tx,
    u.id,
    list.flatMap((row) => row.scan_id ?? []),
  )
  const { verdicts, things } = await judge(
    ctx,
    u,
    list.map((row) => ({
      asset: row.asset_id!,
      scan: row.scan_id === null ? null : { at: row.scanned_at!, place: places.get(row.scan_id) ?? null },
    })),
    ctx.now,
  )
  const judged = list.map((row) => ({
    ...row,
    label: things.get(row.asset_id!)?.tag ?? row.label,
    ...verdicts.get(row.asset_id!)!,
  }))
  await writeRows(ctx.tx, u.id, judged)
  return judged
}
