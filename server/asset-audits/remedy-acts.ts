import type { Input } from '../../contract/action.ts'
import type { assetAudits, Remedy } from '../../contract/asset-audits.ts'
import { assetsById, changeAssets, moveAsset, type StoredAsset, whyNotEdit } from '../assets/public.ts'
import { demandOwner, dueOf, startByHand } from '../commitments/public.ts'
import { handOut, takeBack, transfer } from '../custody/public.ts'
import type { CustomValues } from '../fields/public.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { invalid, refuse } from '../platform/errors.ts'
import type { StoredAudit } from './audits-store.ts'
import { registerNew } from './register-new.ts'
import type { ShownRowColumns } from './rows-store.ts'
import type { SettledRow } from './settling-store.ts'
import { isStillBlind } from './rules/audit-states.ts'
import { standings } from './rules/buckets.ts'
import { foundPlace } from './shown-row.ts'

type Given = Input<typeof assetAudits.settle>
type Act = (ctx: Ctx, u: StoredAudit, rows: readonly ShownRowColumns[], input: Given) => Promise<SettledRow[]>

const asIs = (undo: Record<string, unknown> | null) => (row: ShownRowColumns) => ({ id: row.id, undo })

async function heldAssets(ctx: Ctx, rows: readonly ShownRowColumns[]): Promise<Map<string, StoredAsset>> {
  const ids = rows.flatMap((row) => row.asset_id ?? [])
  return new Map((await assetsById(ctx.tx, ctx.actor.organisation, ids, true)).map((a) => [a.id, a]))
}

/**
 * Why a thing is changed, for its own history. That is read by those to whom an audit is blind: while it is, nothing but what was said, for what was
 * not found as for what was.
 */
function reasonOf(u: StoredAudit, found: string, said: string): string {
  if (isStillBlind(u)) return said === '' ? sentence('assetAudits.put-right') : said
  return [found, said].filter((words) => words !== '').join(': ')
}
const whereFound = (u: StoredAudit, said: string): string =>
  reasonOf(u, sentence('assetAudits.found-in', { reference: u.reference }), said)

/** Where a thing is, is where it was found. What was away (lost, in repair) is back, with whoever has it or in stock. */
const place: Act = async (ctx, u, rows, input) => {
  const held = await heldAssets(ctx, rows)
  const done: SettledRow[] = []
  const moves: { before: StoredAsset; columns: { location_id: string } }[] = []
  const reason = whereFound(u, input.reason)
  for (const row of rows) {
    const before = held.get(row.asset_id!)!
    const location = foundPlace(u, row)!
    refuse(whyNotEdit(before.state))
    if (standings[before.state] === 'away') {
      const to = before.holder_id === null ? 'in_stock' : 'deployed'
      await moveAsset(ctx, before, to, { reason, given: { location_id: location } })
      done.push({ id: row.id, undo: null })
    } else {
      moves.push({ before, columns: { location_id: location } })
      done.push({ id: row.id, undo: { from: before.location_id, to: location } })
    }
  }
  await changeAssets(ctx, moves, { type: 'asset.changed', reason })
  return done
}

const back: Act = async (ctx, u, rows, input) => {
  const byPlace = Map.groupBy(rows, (row) => foundPlace(u, row)!)
  for (const [location, some] of byPlace)
    await takeBack(ctx, {
      assets: some.map((row) => row.asset_id!),
      condition: input.condition,
      note: whereFound(u, input.reason),
      location,
      repair: false,
    })
  return rows.map(asIs(null))
}

const give: Act = async (ctx, u, rows, input) => {
  const held = await heldAssets(ctx, rows)
  const to = { kind: 'person' as const, id: u.scope_id! }
  const parts = Map.groupBy(rows, (row) => held.get(row.asset_id!)!.holder_id === null)
  for (const [isFree, some] of parts)
    await (isFree ? handOut : transfer)(ctx, {
      assets: some.map((row) => row.asset_id!),
      to,
      note: whereFound(u, input.reason),
    })
  return rows.map(asIs(null))
}

const lost: Act = async (ctx, u, rows, input) => {
  const held = await heldAssets(ctx, rows)
  const reason = reasonOf(u, u.reference, input.reason)
  for (const row of rows) await moveAsset(ctx, held.get(row.asset_id!)!, 'lost', { reason })
  return rows.map(asIs(null))
}

/**
 * One commitment for all of the rows, so that nobody drowns in them: about the thing where there is one, else about the audit. Of a blind one it
 * names nothing and is about the audit, whose page tells those who may know.
 */
const followUp: Act = async (ctx, u, rows, input) => {
  const given = input.followUp
  if (given === undefined) throw invalid('followUp', 'assetAudits.follow-up-needed')
  const due = dueOf(ctx, given.due)
  if (due.at <= nowSeconds(ctx)) throw invalid('due', 'assetAudits.due-past')
  const [first] = rows
  const isBlind = isStillBlind(u)
  const usual = isBlind
    ? sentence('assetAudits.followUpBlind', { reference: u.reference })
    : sentence('assetAudits.followUp', { n: rows.length, reference: u.reference, label: first!.label })
  const commitment = await startByHand(ctx, {
    title: given.title ?? usual.slice(0, 200),
    note: isBlind ? '' : listed(rows.map((row) => row.label)),
    kind: 'follow_up',
    subject:
      !isBlind && rows.length === 1 && first!.asset_id !== null
        ? { kind: 'asset', id: first!.asset_id }
        : { kind: 'asset_audit', id: u.id },
    owner: await demandOwner(ctx, given.owner),
    warnSeconds: 86_400,
    dueAt: due.at,
    allDay: due.allDay,
    zone: due.zone,
    private: false,
    needsEvidence: false,
    madeBy: ctx.actor.id,
    madeByName: ctx.actor.name,
    series: null,
    occursOn: null,
  })
  return rows.map((row) => ({ id: row.id, undo: null, commitment }))
}

const listed = (labels: readonly string[]): string =>
  `<ul>${labels.map((label) => `<li>${label.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</li>`).join('')}</ul>`

/** What each remedy does, and what is kept to put it back. */
export const remedyActs = (customValues: CustomValues): Record<Remedy, Act> => ({
  confirm: async (_ctx, _u, rows) => rows.map(asIs({})),
  leave: async (_ctx, _u, rows) => rows.map(asIs({})),
  place,
  take_back: back,
  give,
  lost,
  follow_up: followUp,
  register: async (ctx, u, rows, input) => {
    const made = await registerNew(ctx, customValues, u, rows, input.register)
    return rows.map((row, i) => ({ id: row.id, undo: null, asset: made[i]! }))
  },
})

/** Puts places back that were corrected; 409 where a thing was changed since. */
export async function putBackPlaces(ctx: Ctx, u: StoredAudit, rows: readonly ShownRowColumns[]): Promise<void> {
  const placed = rows.filter((row) => row.remedy === 'place')
  if (placed.length === 0) return
  const held = await heldAssets(ctx, placed)
  const list = placed.map((row) => {
    const before = held.get(row.asset_id!)!
    const { from, to } = row.undo as { from: string | null; to: string }
    if (before.location_id !== to) refuse({ code: 'assetAudits.changed-since', params: { label: row.label } })
    return { before, columns: { location_id: from } }
  })
  await changeAssets(ctx, list, { type: 'asset.changed', reason: reasonOf(u, u.reference, '') })
}
