import type { AssetState, HolderKind } from '../../../contract/assets.ts'

/** What the register says of a thing, as far as an audit asks. */
export interface Recorded {
  readonly state: AssetState
  readonly location_id: string | null
  readonly holder_kind: HolderKind | null
  readonly holder_id: string | null
}

/** One change of it; fields that did not change are not there. `at`: ISO instant. */
export interface Change {
  readonly at: string
  readonly by: string
  readonly before: Partial<Recorded>
  readonly after: Partial<Recorded>
}

const fields = ['state', 'location_id', 'holder_kind', 'holder_id'] as const

/** What the register said at a moment (milliseconds since 1970): what it says now, with everything later taken back. Changes newest first. */
export function recordedAt(now: Recorded, changes: readonly Change[], moment: number): Recorded {
  const then: Record<string, unknown> = { ...now }
  for (const change of changes) {
    if (Date.parse(change.at) <= moment) break
    for (const field of fields) if (field in change.before) then[field] = change.before[field] ?? null
  }
  return then as unknown as Recorded
}

/** What one change was, for people: the strongest that it says. */
export function whatChanged(change: Change): 'retired' | 'state' | 'handed_out' | 'taken_back' | 'moved' | null {
  const { before, after } = change
  if (after.state === 'retired' || after.state === 'disposed') return 'retired'
  if ('holder_id' in after && after.holder_id != null) return 'handed_out'
  if ('holder_id' in after && before.holder_id != null) return 'taken_back'
  if ('location_id' in after) return 'moved'
  return 'state' in after ? 'state' : null
}
