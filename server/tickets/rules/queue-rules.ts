import type { Refusal } from '../../platform/errors.ts'

/** A queue is retired when it is empty; there is always a default one. */
export function whyNotRetire(
  before: { isDefault: boolean },
  after: { isDefault: boolean; active: boolean },
  hasOpen: boolean,
): Refusal | null {
  if (before.isDefault && (!after.isDefault || !after.active)) return { code: 'tickets.default-queue-stays' }
  return !after.active && hasOpen ? { code: 'tickets.queue-has-open' } : null
}

/** A category cannot come to lie below itself. */
export function whyNotBelow(
  all: readonly { id: string; parent: string | null }[],
  id: string,
  parent: string | null,
): Refusal | null {
  const seen = new Set<string>()
  for (
    let above = parent;
    above !== null && !seen.has(above);
    above = all.find((c) => c.id === above)?.parent ?? null
  ) {
    if (above === id) return { code: 'tickets.category-circle' }
    seen.add(above)
  }
  return null
}
