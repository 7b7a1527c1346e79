import type { Refusal } from '../../platform/errors.ts'

/** A device is named by the name that monitoring uses for it. */
export function whyNotLinkHost(host: string | null, manages: boolean): Refusal | null {
  if (!manages) return { code: 'forbidden', params: { permission: 'monitoring.manage' } }
  return host === null ? { code: 'monitoring.no-host' } : null
}
