import { isAfter } from '../../../contract/instants.ts'
import type { Refusal } from '../../platform/errors.ts'

/** Whether an account may try its password now: not while it is locked after failures, not once it is closed. */
export function whyNotSignIn(account: { disabled: boolean; lockedUntil: string | null }, now: string): Refusal | null {
  if (account.disabled) return { code: 'sign-in.closed' }
  if (account.lockedUntil !== null && isAfter(account.lockedUntil, now))
    return {
      code: 'sign-in.locked',
      params: { retrySeconds: Math.ceil((Date.parse(account.lockedUntil) - Date.parse(now)) / 1000) },
    }
  return null
}
