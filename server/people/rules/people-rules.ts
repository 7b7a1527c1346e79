import type { Refusal } from '../../platform/errors.ts'

/** The last active administrator can neither lose the role nor be deactivated: nobody could undo it. */
export function whyNotDemote(
  account: { role: string | null; otherAdministrators: number },
  to: string | null,
): Refusal | null {
  return account.role === 'administrator' && to !== 'administrator' && account.otherAdministrators === 0
    ? { code: 'people.last-administrator' }
    : null
}

export function whyNotDeactivate(person: {
  active: boolean
  role: string | null
  otherAdministrators: number
  self: boolean
  /** Role of whoever asks. */
  by: string
}): Refusal | null {
  if (!person.active) return { code: 'people.not-active' }
  if (person.self) return { code: 'people.not-oneself' }
  if (person.role === 'administrator' && person.by !== 'administrator') return { code: 'people.only-administrators' }
  return whyNotDemote(person, null)
}

/** Owned work never goes to nobody: a successor must be named where there is something to hand over. */
export function whyNotHandOver(owned: number, successor: { active: boolean } | null): Refusal | null {
  if (owned > 0 && successor === null) return { code: 'people.name-successor', params: { owned } }
  return successor !== null && !successor.active ? { code: 'people.successor-not-active' } : null
}

export function whyNotInvite(person: { active: boolean; email: string | null }): Refusal | null {
  if (!person.active) return { code: 'people.not-active' }
  return person.email === null ? { code: 'people.no-address' } : null
}

/** A manager chain must not lead back to the person. `chain` are the managers above the proposed one, itself first. */
export function whyNotManagedBy(person: string, chain: readonly string[]): Refusal | null {
  return chain.includes(person) ? { code: 'people.manager-circle' } : null
}

/** Nobody grants more than they hold: only an administrator makes administrators. */
export function whyNotGrant(granter: string, role: string): Refusal | null {
  return role === 'administrator' && granter !== 'administrator' ? { code: 'people.grant-administrator' } : null
}

/** A skill is closed once nothing needs it: what asks for it would find nobody, for ever. `neededBy`: names of what does. */
export function whyNotCloseSkill(neededBy: readonly string[]): Refusal | null {
  return neededBy.length === 0
    ? null
    : {
        code: 'skills.needed',
        params: { names: neededBy.slice(0, 3).join(', '), more: Math.max(0, neededBy.length - 3) },
      }
}
