import type { Input, Output } from '../../../contract/action.ts'
import type { assetAudits } from '../../../contract/asset-audits.ts'
import { attachFiles } from '../../files/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, refuse } from '../../platform/errors.ts'
import { newId } from '../../platform/identifiers.ts'
import { addCounts, type StoredAudit } from '../audits-store.ts'
import { countsMoved } from '../counts-moved.ts'
import { heldAudit } from '../held-audit.ts'
import { judge } from '../judging.ts'
import { type RowColumns, rowsOf, type StoredRow, writeRows } from '../rows-store.ts'
import { whyNotScan } from '../rules/audit-states.ts'
import { decides } from '../rules/buckets.ts'
import { type CodeRead, readCode } from '../rules/codes.ts'
import { assetsNamed, insertScans, placesFound, scansThere, type StoredScan } from '../scans-store.ts'
import { leaveRows } from '../settling-store.ts'
import { hiddenFrom } from '../shown-audit.ts'
import { pathsOf, thingsById } from '../things-store.ts'

type Given = Input<typeof assetAudits.scan>['scans'][number]
type Row = RowColumns & { id: string; remedy: StoredRow['remedy'] }

/** One scan with what it names: an asset, or the key of a code that nobody knows. */
interface Read {
  scan: Given
  code: CodeRead
  asset: string | null
  key: string
}

/**
 * Takes scans down. Which ones are there already is told by their ids; which scan decides about a thing by the scanners' clocks: neither the order
 * in which they come nor how often changes anything. One that comes after the end is kept as late, and decides only where nobody has settled the row.
 */
export async function takeScans(
  ctx: Ctx,
  input: Input<typeof assetAudits.scan>,
): Promise<Output<typeof assetAudits.scan>> {
  const u = await heldAudit(ctx, { id: input.id })
  refuse(whyNotScan(u.state))
  const there = await scansThere(
    ctx.tx,
    u.id,
    input.scans.map((scan) => scan.id),
  )
  const fresh = [...new Map(input.scans.map((scan) => [scan.id, scan])).values()].filter((scan) => !there.has(scan.id))
  const wanted = [...new Set(fresh.flatMap((scan) => scan.location ?? []))]
  const places = await pathsOf(ctx.tx, u.organisation_id, wanted)
  if (places.size < wanted.length) throw invalid('scans', 'assetAudits.place-unknown')
  const read = await readAll(ctx, u, input.scans)
  const named = new Map(read.map((one) => [one.scan.id, one]))
  if (fresh.length === 0) ctx.unchanged()
  else
    await takeFresh(
      ctx,
      u,
      fresh.map((scan) => named.get(scan.id)!),
      places,
    )
  const late = fresh.length > 0 && u.state !== 'running' ? fresh.length : 0
  return {
    taken: fresh.length,
    repeated: input.scans.length - fresh.length,
    late,
    items: await told(ctx, u, read),
  }
}

/** What each scan names: its asset, or what its code is told apart by. */
async function readAll(ctx: Ctx, u: StoredAudit, scans: readonly Given[]): Promise<Read[]> {
  const codes = scans.map((scan) => readCode(scan.code))
  const assets = await assetsNamed(ctx.tx, u.organisation_id, codes)
  return scans.map((scan, i) => ({ scan, code: codes[i]!, asset: assets[i] ?? null, key: codes[i]!.key ?? scan.id }))
}

const fullKey = (one: { asset: string | null; key: string }): string => one.asset ?? `code ${one.key}`

async function takeFresh(
  ctx: Ctx,
  u: StoredAudit,
  fresh: readonly Read[],
  places: ReadonlyMap<string, string>,
): Promise<void> {
  const isLate = u.state !== 'running'
  const isOver = u.state === 'closed' || u.state === 'cancelled'
  const known = await rowsOf(
    ctx.tx,
    u.id,
    fresh.flatMap((one) => one.asset ?? []),
    fresh.flatMap((one) => (one.asset === null ? one.key : [])),
  )
  const before = new Map<string, Row>(known.map((row) => [row.asset_id ?? `code ${row.code_key}`, row]))
  const after = new Map<string, Row>()
  const scans: StoredScan[] = []
  for (const one of fresh) {
    const key = fullKey(one)
    const row = after.get(key) ?? before.get(key) ?? newRow(one)
    const { scan } = one
    const isOpen = !isLate || (u.state === 'review' && row.remedy === null)
    const isDeciding =
      isOpen && (row.scan_id === null || decides(scan, { scannedAt: row.scanned_at!, id: row.scan_id }))
    after.set(key, {
      ...row,
      scans: row.scans + 1,
      late_scans: row.late_scans + (isLate ? 1 : 0),
      ...(isDeciding ? { scan_id: scan.id, scanned_at: new Date(scan.scannedAt).toISOString() } : {}),
    })
    scans.push({
      id: scan.id,
      row_id: row.id,
      code: scan.code,
      location_id: scan.location,
      scanned_at: scan.scannedAt,
      arrived_at: ctx.now,
      late: isLate,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      condition: scan.condition,
      note: scan.note,
      file_id: scan.photo,
    })
  }
  const list = [...after.values()]
  const found = new Map([
    ...(await placesFound(
      ctx.tx,
      u.id,
      list.flatMap((row) => row.scan_id ?? []),
    )),
    ...scans.flatMap((scan) => (scan.location_id === null ? [] : [[scan.id, places.get(scan.location_id)!] as const])),
  ])
  const { verdicts, things } = await judge(
    ctx,
    u,
    list.flatMap((row) =>
      row.asset_id === null || row.scan_id === null
        ? []
        : [{ asset: row.asset_id, scan: { at: row.scanned_at!, place: found.get(row.scan_id) ?? null } }],
    ),
    u.ended_at ?? ctx.now,
  )
  const judged = list.map((row): Row => {
    const isSettled = row.remedy !== null || isOver
    const verdict = row.asset_id === null || (isSettled && before.has(row.asset_id)) ? {} : verdicts.get(row.asset_id)
    const label = row.asset_id === null ? row.label : (things.get(row.asset_id)?.tag ?? row.label)
    const isTooLate = isOver && !before.has(row.asset_id ?? `code ${row.code_key}`)
    return { ...row, label, ...verdict, ...(isTooLate ? { remedy: 'leave' as const } : {}) }
  })
  await writeRows(ctx.tx, u.id, judged)
  if (isOver)
    await leaveRows(
      ctx.tx,
      u.id,
      judged.map((row) => row.id),
      { reason: sentence('assetAudits.came-too-late', {}), at: ctx.now, by: ctx.actor.name },
    )
  await insertScans(ctx.tx, u.id, scans)
  const photos = fresh.flatMap((one) => one.scan.photo ?? [])
  if ((await attachFiles(ctx.tx, ctx.actor, photos, { kind: 'asset_audit', id: u.id })) < new Set(photos).size)
    throw invalid('scans', 'assetAudits.photo-not-yours')
  await addCounts(ctx.tx, u.id, {
    ...countsMoved(
      judged.flatMap((row) => before.get(row.asset_id ?? `code ${row.code_key}`) ?? []),
      judged,
    ),
    scans: scans.length,
    late_scans: isLate ? scans.length : 0,
  })
  ctx.record({
    type: isLate ? 'asset-audit.scanned-late' : 'asset-audit.scanned',
    subject: { kind: 'asset_audit', id: u.id },
    after: { scans: scans.length },
  })
}

const newRow = ({ scan, asset, key }: Read): Row => ({
  id: newId(),
  asset_id: asset,
  code_key: asset === null ? key : null,
  label: scan.code.trim(),
  bucket: 'new',
  because: null,
  expected: false,
  recorded_state: null,
  recorded_location_id: null,
  recorded_holder_kind: null,
  recorded_holder_id: null,
  scan_id: null,
  scanned_at: null,
  scans: 0,
  late_scans: 0,
  meanwhile: [],
  remedy: null,
})

/** What the scanner is told of each: while the audit is blind to them, that it is taken down and no more. */
async function told(
  ctx: Ctx,
  u: StoredAudit,
  read: readonly Read[],
): Promise<Output<typeof assetAudits.scan>['items']> {
  if (hiddenFrom(ctx.actor, u)) return read.map(({ scan }) => ({ id: scan.id, result: 'taken' as const, asset: null }))
  const rows = await rowsOf(
    ctx.tx,
    u.id,
    read.flatMap((one) => one.asset ?? []),
    read.flatMap((one) => (one.asset === null ? one.key : [])),
  )
  const byKey = new Map(rows.map((row) => [row.asset_id ?? `code ${row.code_key}`, row]))
  const names = await namesOf(
    ctx,
    u,
    read.flatMap((one) => one.asset ?? []),
  )
  return read.map((one) => ({
    id: one.scan.id,
    result: byKey.get(fullKey(one))?.bucket ?? 'taken',
    asset: one.asset === null ? null : (names.get(one.asset) ?? null),
  }))
}

async function namesOf(ctx: Ctx, u: StoredAudit, ids: readonly string[]) {
  const things = await thingsById(ctx.tx, u.organisation_id, ids)
  return new Map([...things].map(([id, { tag, name }]) => [id, { id, tag, name }]))
}
