import type { Refusal } from '../../platform/errors.ts'

/** Only what a rule changed can be put back, and once. */
export function whyNotUndo(
  undoneAt: string | null,
  done: readonly { before: string | null; after: string | null; refused: Refusal | null }[],
): Refusal | null {
  if (undoneAt !== null) return { code: 'rules.undone-already' }
  return done.some((one) => one.refused === null && one.before !== one.after) ? null : { code: 'rules.nothing-to-undo' }
}
