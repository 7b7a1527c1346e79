import { systemActor } from '../platform/ctx.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { keepAcceptances } from './acceptance.ts'
import { lastCustody } from './custody-store.ts'

/**
 * What was taken from its holder by something other than taking it back (a state it came into, its disposal, an import) waits for no answer
 * any more, and what was declined is settled.
 */
export const followRelease = (platform: Platform): Reaction => ({
  name: 'custody.follow-release',
  hears: ['asset.state-changed', 'asset.changed', 'asset.disposed'],
  async react(event) {
    if (event.organisation === null || event.after === null || !('holder_id' in event.after)) return
    await runCommand(platform, systemActor(event.organisation, 'Linchpin', 'job'), async (ctx) => {
      ctx.unchanged()
      const last = await lastCustody(ctx.tx, ctx.actor.organisation, event.subject.id)
      if (last === undefined || last.ended_at === null) return
      const { asset_id, asset_tag, holder_name, handed_by } = last
      await keepAcceptances(
        ctx,
        [{ asset: asset_id!, tag: asset_tag ?? '', holder: holder_name, owner: handed_by, step: 'over' }],
        event.id,
      )
    })
  },
})
