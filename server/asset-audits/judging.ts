import type { Ctx } from '../platform/ctx.ts'
import type { StoredAudit } from './audits-store.ts'
import type { RowColumns } from './rows-store.ts'
import { bucketOf, placesAgree } from './rules/buckets.ts'
import { type Change, recordedAt, type Recorded, whatChanged } from './rules/recorded-at.ts'
import { changesSince, type KnownChange, pathsOf, type Thing, thingsById } from './things-store.ts'

/** A known thing to be judged: by the scan that decides, or by the end of scanning (null). */
export interface ToJudge {
  asset: string
  /** Null: not scanned. `place`: the path of where it was found; null where nobody said. */
  scan: { at: string; place: string | null } | null
}
export type Verdict = Pick<
  RowColumns,
  | 'bucket'
  | 'because'
  | 'recorded_state'
  | 'recorded_location_id'
  | 'recorded_holder_kind'
  | 'recorded_holder_id'
  | 'meanwhile'
>

const ms = (instant: string): number => Date.parse(instant)

const belongs = (u: StoredAudit, a: Thing, then: Recorded, path: string | null): boolean => {
  switch (u.scope_kind) {
    case 'everything':
      return true
    case 'location':
      return path !== null && u.scope_path !== null && path.startsWith(u.scope_path)
    case 'person':
      return then.holder_kind === 'person' && then.holder_id === u.scope_id
    case 'category':
      return a.category_id === u.scope_id
  }
}

/**
 * Judges things by what was true: a scanned one at the moment of the scan that decides (by the scanner's clock, but neither before the beginning
 * nor after now), another at `until`. What others did between the beginning and `until` is said beside it. Any number with a fixed number of statements.
 */
export async function judge(
  ctx: Ctx,
  u: StoredAudit,
  list: readonly ToJudge[],
  until: string,
): Promise<{ verdicts: Map<string, Verdict>; things: Map<string, Thing> }> {
  const start = ms(u.started_at!)
  const end = ms(until)
  const things = await thingsById(
    ctx.tx,
    u.organisation_id,
    list.map((one) => one.asset),
  )
  const touched = [...things.values()].filter((a) => ms(a.updated_at) >= start).map((a) => a.id)
  const changes = await changesSince(ctx.tx, touched, u.started_at!)
  const then = new Map<string, Recorded>()
  for (const { asset, scan } of list) {
    const thing = things.get(asset)!
    const moment = scan === null ? end : Math.max(start, Math.min(end, ms(scan.at)))
    then.set(asset, recordedAt(thing, changes.get(asset) ?? [], moment))
  }
  const places = new Set([...then.values()].flatMap((r) => (r.location_id === null ? [] : [r.location_id])))
  const paths = await pathsOf(ctx.tx, u.organisation_id, [...places])
  const verdicts = new Map<string, Verdict>()
  for (const { asset, scan } of list) {
    const thing = things.get(asset)!
    const said = then.get(asset)!
    const path = said.location_id === null ? null : (paths.get(said.location_id) ?? null)
    const during = (changes.get(asset) ?? []).filter((c) => ms(c.at) <= end)
    const judged = bucketOf({
      state: said.state,
      isCovered: u.classes.includes(thing.class),
      belongs: belongs(u, thing, said, path),
      isScanned: scan !== null,
      placeAgrees: placesAgree(path, scan?.place ?? null),
      handedOut: u.scope_kind === 'location' && wasHandedOut(during),
    })
    verdicts.set(asset, {
      ...judged,
      recorded_state: said.state,
      recorded_location_id: said.location_id,
      recorded_holder_kind: said.holder_kind,
      recorded_holder_id: said.holder_id,
      meanwhile: during.flatMap(spoken).toReversed(),
    })
  }
  return { verdicts, things }
}

const spoken = (c: KnownChange) => {
  const what = whatChanged(c)
  return what === null ? [] : [{ at: c.at, by: c.by, what, to: c.to }]
}

/** The last that was said of who has it is that somebody does. Changes newest first. */
const wasHandedOut = (changes: readonly Change[]): boolean => {
  const last = changes.find((c) => 'holder_id' in c.after)
  return last !== undefined && last.after.holder_id != null
}
