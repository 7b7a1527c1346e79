import type { Ctx } from '../platform/ctx.ts'
import { notFound, stale } from '../platform/errors.ts'
import { auditById, type StoredAudit } from './audits-store.ts'
import { shownAudit } from './shown-audit.ts'

/** The audit, held for this transaction; 404 where the actor does not see it, 409 where the act is based on an old version. */
export async function heldAudit(ctx: Ctx, input: { id: string; version?: number | undefined }): Promise<StoredAudit> {
  const found = await auditById(ctx.tx, ctx.actor, input.id, true)
  if (found === undefined) throw notFound('audit')
  if (input.version !== undefined && input.version !== found.version) throw stale(shownAudit(ctx.actor, found), input)
  return found
}
