import type { DifferenceKind } from '../../contract/reconciliation.ts'
import { insertNotices } from '../notifications/public.ts'
import { type Ctx, todayOf } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { tellNodes } from '../platform/outbox.ts'
import {
  aroundSubjects,
  closeDifferences,
  onFileOf,
  openDifferences,
  rewordDifferences,
  type Written,
} from './differences-store.ts'
import type { Subject } from './due-store.ts'
import { type Gathered, gatherFacts } from './gather-facts.ts'
import { moveCounts, type Moves } from './kinds-store.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { keepPromises, ownersOf } from './promises.ts'
import type { Found } from './rules/facts.ts'
import { findDifferences } from './rules/find-differences.ts'
import { ranks } from './rules/kinds.ts'
import { isSameSaid, settleDifferences } from './rules/settle.ts'
import { storedSettings, wholeKinds } from './settings.ts'

/**
 * Compares what the register says of subjects with what is seen of them, and keeps the list of differences in step: opened, said anew, closed. Any
 * number of subjects with a fixed number of statements. Answers how many were opened and closed.
 */
export async function compareSubjects(
  ctx: Ctx,
  subjects: readonly Subject[],
): Promise<{ opened: number; closed: number }> {
  const { tx, now } = ctx
  const { organisation } = ctx.actor
  await oneAtATime(ctx)
  const stored = await storedSettings(tx, organisation)
  const settings = wholeKinds(stored)
  const ids = (kind: Subject['kind']) => subjects.filter((one) => one.kind === kind).map((one) => one.id)
  const around = await aroundSubjects(tx, ids('asset'), ids('device'))
  const all = [...new Map([...subjects, ...around].map((one) => [one.id, one])).values()]
  const gathered = await gatherFacts(ctx, all, stored, settings.unseen.days ?? 30)
  const onFile = Map.groupBy(
    await onFileOf(tx, [...new Set([...all.map((one) => one.id), ...gathered.map((one) => one.subject.id)])]),
    (one) => one.subject_id,
  )
  const opened: Written[] = []
  const reworded: (Written & { isOther: boolean })[] = []
  const closed: Record<'facts' | 'off', string[]> = { facts: [], off: [] }
  const fresh: { gathered: Gathered; found: Found; id: string }[] = []
  const changedIds: string[] = []
  const moves: Moves = new Map()
  const move = (kind: DifferenceKind, open: number, left: number) => {
    const before = moves.get(kind) ?? { open: 0, left: 0 }
    moves.set(kind, { open: before.open + open, left: before.left + left })
  }
  for (const one of gathered) {
    const known = onFile.get(one.subject.id) ?? []
    const found = findDifferences(one.facts, settings)
    for (const step of settleDifferences(known, found, settings, todayOf(ctx))) {
      if (step.do === 'close') {
        closed[step.how].push(step.known.id)
        changedIds.push(one.subject.id)
        move(step.known.kind, step.known.state === 'open' ? -1 : 0, step.known.state === 'left' ? -1 : 0)
        continue
      }
      const before = step.known === null ? undefined : known.find((file) => file.id === step.known!.id)
      const row = writtenOf(
        organisation,
        one,
        step.found,
        step.known?.id ?? newId(),
        ranks[settings[step.found.kind].severity],
      )
      if (step.do === 'open') {
        opened.push(row)
        move(row.kind, 1, before?.state === 'left' ? -1 : 0)
        if (step.isNew) fresh.push({ gathered: one, found: step.found, id: row.id })
      } else if (before !== undefined && isMoved(before, row))
        reworded.push({ ...row, isOther: !isSameSaid(before, row) })
    }
  }
  await openDifferences(tx, opened, now)
  await rewordDifferences(tx, reworded)
  for (const how of ['facts', 'off'] as const) await closeDifferences(tx, closed[how], { at: now, how })
  const kinds = await moveCounts(tx, organisation, moves)
  await keepPromises(ctx, kinds, settings, stored.owner)
  await tellGone(ctx, fresh, stored.owner)
  await tellReaders(ctx, gathered, [...opened.map((row) => row.subject_id), ...changedIds])
  return { opened: opened.length, closed: closed.facts.length + closed.off.length }
}

/** More at once are a round, which readers find when they look again. */
const mostTold = 100

/** Open pages show what came and went. */
async function tellReaders(ctx: Ctx, gathered: readonly Gathered[], changed: readonly string[]): Promise<void> {
  const ids = new Set(changed)
  const subjects = gathered.filter((one) => ids.has(one.subject.id)).map((one) => one.subject)
  if (subjects.length > 0 && subjects.length <= mostTold) await tellNodes(ctx.tx, subjects)
}

const writtenOf = (organisation: string, one: Gathered, found: Found, id: string, severity: number): Written => ({
  id,
  organisation_id: organisation,
  kind: found.kind,
  subject_id: one.subject.id,
  detail: found.detail,
  asset_id: one.facts.asset?.id ?? null,
  device_id: one.facts.device?.id ?? null,
  other_asset_id: found.otherAsset ?? null,
  severity,
  category_id: one.category,
  location_id: one.location,
  register: found.register,
  seen: found.seen,
  remedy: found.remedy,
  remedy_with: found.remedyWith ?? {},
  since: found.since,
})

const words = (said: Found['register']): string =>
  JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const copied = ['device_id', 'category_id', 'location_id', 'severity', 'remedy'] as const
const isMoved = (before: Pick<Written, (typeof copied)[number] | 'register' | 'seen'>, row: Written): boolean =>
  copied.some((column) => before[column] !== row[column]) ||
  words(before.register) !== words(row.register) ||
  words(before.seen) !== words(row.seen)

/** What was lost or stolen and is seen is told at once, to whoever sees to it; the rest is read where it stands. */
async function tellGone(
  ctx: Ctx,
  fresh: readonly { gathered: Gathered; found: Found; id: string }[],
  owner: string | null,
): Promise<void> {
  const gone = fresh.filter(({ found }) => found.kind === 'seen_though_gone')
  if (gone.length === 0) return
  const readers = await ownersOf(ctx.tx, ctx.actor.organisation, owner)
  const events = gone.map(({ gathered, found }) => ({
    asset: gathered.facts.asset!,
    found,
    cause: ctx.record({
      type: 'asset.seen-though-gone',
      subject: { kind: 'asset', id: gathered.subject.id },
      after: {
        state: gathered.facts.asset!.state,
        address: found.seen['address'] ?? null,
        device: gathered.facts.device?.name ?? '',
      },
    }),
  }))
  // many at once are one notice: an import of old states must not ring for each
  const [first] = events
  const told = events.length > 5 ? [first!] : events
  await insertNotices(
    ctx.tx,
    readers.flatMap((person) =>
      told.map(({ asset, found, cause }) => ({
        person,
        kind: 'difference.found',
        code: 'reconciliation.notice.gone',
        params: {
          tag: asset.tag,
          state: asset.state,
          address: found.seen['address'] ?? 'none',
          more: events.length > 5 ? events.length - 1 : 0,
        },
        subject: { kind: 'asset', id: asset.id },
        cause: `difference:${cause}`,
        at: ctx.now,
      })),
    ),
  )
}
