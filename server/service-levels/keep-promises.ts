import type { Ctx } from '../platform/ctx.ts'
import type { Happening, Promised } from './rules/happening.ts'

export type { Happening, Promised }

/**
 * Lets the clocks of a record hear what happened. `at`: the moment (ISO instant) and the id of the event that caused it.
 * Answers the earliest due moment of the running customer clocks; `serviceLevel` only when it was chosen anew.
 */
export async function keepPromises(
  _ctx: Ctx,
  _promised: Promised,
  _happening: Happening,
  _at: { at: string; cause: string },
): Promise<{ dueAt: string | null; serviceLevel?: string | null }> {
  return { dueAt: null }
}
