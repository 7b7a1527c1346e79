import type { DifferenceKind, Severity } from '../../../contract/reconciliation.ts'
import type { Found, Settings } from './facts.ts'

/** A difference on file. */
export interface Known {
  id: string
  kind: DifferenceKind
  detail: string
  state: 'open' | 'left' | 'closed'
  severity: number
  register: Found['register']
  seen: Found['seen']
  remedy: string | null
  left_until: string | null
}

/** What becomes of what is on file. `open`: it came, or came back; `keep`: as it is, in other words; `closed`: it no longer holds. */
export type Step =
  | { do: 'open'; found: Found; known: Known | null; isNew: boolean }
  | { do: 'keep'; found: Found; known: Known }
  | { do: 'close'; known: Known; how: 'facts' | 'off' }

/** Not facts: a sighting more, another name of the same machine. */
const silent = new Set(['lastAt', 'name', 'login'])
const factsOf = (words: Found['register']): string =>
  JSON.stringify(
    Object.entries(words)
      .filter(([key]) => !silent.has(key))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
export const isSameSaid = (one: Pick<Known, 'register' | 'seen'>, other: Pick<Found, 'register' | 'seen'>): boolean =>
  factsOf(one.register) === factsOf(other.register) && factsOf(one.seen) === factsOf(other.seen)

const keyOf = (one: { kind: string; detail: string }): string => `${one.kind} ${one.detail}`

/**
 * What is found held against what is on file. One that was left stays left until its day, or until the facts are others; what no longer holds
 * closes by itself, left or not.
 */
export function settleDifferences(
  known: readonly Known[],
  found: readonly Found[],
  settings: Settings,
  today: string,
): Step[] {
  const byKey = new Map(known.map((one) => [keyOf(one), one]))
  const holds = new Set(found.map(keyOf))
  const steps = found.map((one): Step => {
    const before = byKey.get(keyOf(one)) ?? null
    if (before === null || before.state === 'closed') return { do: 'open', found: one, known: before, isNew: true }
    const isOver =
      before.state === 'left' && ((before.left_until !== null && before.left_until < today) || !isSameSaid(before, one))
    return isOver ? { do: 'open', found: one, known: before, isNew: false } : { do: 'keep', found: one, known: before }
  })
  const over = known.filter((one) => one.state !== 'closed' && !holds.has(keyOf(one)))
  return [
    ...steps,
    ...over.map((one): Step => ({ do: 'close', known: one, how: settings[one.kind].on ? 'facts' : 'off' })),
  ]
}

export const severityOf = (rank: number): Severity => (rank >= 3 ? 'high' : rank === 2 ? 'normal' : 'low')
