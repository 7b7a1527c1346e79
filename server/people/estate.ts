import type { Actor, Ctx } from '../platform/ctx.ts'
import type { Db } from '../platform/db.ts'

/**
 * Things a person can own in a capability above this one. When a person leaves they all go to a successor; each
 * capability that knows owners hands its estate to main.ts.
 */
export interface Estate {
  name: 'tickets' | 'commitments' | 'approvals' | 'tasks' | 'incidents' | 'views'
  /** All of them; with `reader` only those the reader sees. */
  count(db: Db, person: string, reader?: Actor): Promise<number>
  /** Gives everything open to the successor within the transaction; answers how many things moved. */
  handOver(ctx: Ctx, from: string, to: string): Promise<number>
}
