import { daysBetween, type Facts, type Found } from './facts.ts'

const who = ({ asset }: Facts) => ({ holder: asset?.holder?.name ?? null, state: asset?.state ?? null })

/** In use, and its device was not seen for longer than it may be. */
export function unseen(facts: Facts): Found | null {
  const { asset, device } = facts
  if (asset?.state !== 'deployed' || device?.lastSeenAt == null) return null
  if (daysBetween(device.lastSeenAt, facts.now) < facts.unseenDays) return null
  return {
    kind: 'unseen',
    detail: '',
    since: device.lastSeenAt,
    register: who(facts),
    seen: { lastAt: device.lastSeenAt },
    remedy: 'mark_lost',
  }
}

/** In use for long enough, of a category of which agents report things, and no agent ever saw it. */
export function neverSeen(facts: Facts, days: number): Found | null {
  const { asset, device } = facts
  if (asset?.state !== 'deployed' || device !== null || !facts.isExpected) return null
  const since = asset.heldSince ?? asset.stateSince
  if (daysBetween(since, facts.now) < days) return null
  return { kind: 'never_seen', detail: '', since, register: who(facts), seen: {}, remedy: null }
}

const gone = ['lost', 'stolen', 'retired', 'disposed'] as const
type Gone = (typeof gone)[number]
/** What is taken out of use is seen once more while it is wiped; what is lost or stolen is not. */
const graceDays: Record<Gone, number> = { lost: 0, stolen: 0, retired: 1, disposed: 1 }
const isGone = (state: string): state is Gone => (gone as readonly string[]).includes(state)

/** Lost, stolen, retired or disposed of, and seen since: somebody has it. */
export function seenThoughGone(facts: Facts): Found | null {
  const { asset, device } = facts
  if (asset === null || device?.lastSeenAt == null || !isGone(asset.state)) return null
  const from = Date.parse(asset.stateSince) + graceDays[asset.state] * 86_400_000
  if (Date.parse(device.lastSeenAt) <= from) return null
  return {
    kind: 'seen_though_gone',
    detail: '',
    since: asset.stateSince,
    register: { ...who(facts), goneAt: asset.stateSince },
    seen: { lastAt: device.lastSeenAt, address: device.address, login: device.user?.login ?? null },
    remedy: asset.state === 'disposed' ? null : 'found',
  }
}

/** Seen for days, and nobody said what it is. */
export function unknown(facts: Facts, days: number): Found | null {
  const { device } = facts
  if (facts.asset !== null || device?.state !== 'waiting') return null
  if (daysBetween(device.firstSeenAt, facts.now) < days) return null
  return {
    kind: 'unknown',
    detail: '',
    since: device.firstSeenAt,
    register: {},
    seen: { name: device.name, address: device.address, firstAt: device.firstSeenAt, doubts: device.doubts },
    remedy: device.doubts > 0 ? null : 'register',
  }
}
