import type { Refusal } from '../../platform/errors.ts'

/** Whoever works on tickets keeps macros of their own; those of a team and of everybody are kept by whoever configures tickets. */
export function whyNotKeepMacro(
  macro: { scope: 'mine' | 'team' | 'all'; owner_id: string | null },
  who: { person: string | null; configures: boolean },
): Refusal | null {
  if (macro.scope !== 'mine') return who.configures ? null : { code: 'macros.not-yours' }
  return who.person !== null && macro.owner_id === who.person ? null : { code: 'macros.not-yours' }
}

/** The name by which somebody is addressed: the first of "Ana Maria Silva", and of "Silva, Ana Maria". */
export function firstName(name: string): string {
  const [family, given] = name.split(',', 2)
  const names = given !== undefined && given.trim() !== '' ? given : family!
  return names.trim().split(/\s+/)[0] ?? ''
}
