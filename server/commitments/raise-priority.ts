import { systemActor } from '../platform/ctx.ts'
import { sql } from '../platform/db.ts'
import { type Platform, runCommand } from '../platform/platform.ts'

interface Owed {
  commitment: string
  generation: number
  step: string
  organisation: string
  kind: string
  subject: string
}

/**
 * Raises the priority of subjects whose ladder asks for it. The mark and the raise are one transaction, so a step raises once, however often
 * it is tried. Calls `failed` for a step that could not be done; it is tried again at a later round.
 */
export async function raiseWhatIsOwed(
  platform: Platform,
  isPostponed: (key: string) => boolean,
  failed: (key: string, error: unknown) => void,
): Promise<void> {
  const { rows } = await sql<Owed>`
    select l.commitment_id as commitment, l.generation, l.step, m.organisation_id as organisation, m.subject_kind as kind, m.subject_id as subject
    from ladder_records l join commitments m on m.id = l.commitment_id where l.raises and l.raised_at is null order by l.at limit 500`.execute(
    platform.database.db,
  )
  for (const owed of rows) {
    const key = `${owed.commitment}:${owed.generation}:${owed.step}`
    if (isPostponed(key)) continue
    try {
      await raise(platform, owed)
    } catch (error) {
      failed(key, error)
    }
  }
}

const raise = (platform: Platform, owed: Owed): Promise<void> =>
  runCommand(platform, systemActor(owed.organisation, 'Linchpin', 'job'), async (ctx) => {
    ctx.unchanged()
    const { rows } = await sql`
      update ladder_records set raised_at = now() where commitment_id = ${owed.commitment} and generation = ${owed.generation} and step = ${owed.step} and raised_at is null
      returning 1`.execute(ctx.tx)
    if (rows.length > 0) await platform.subjects.get(owed.kind)?.raisePriority?.(ctx, owed.subject)
  })
