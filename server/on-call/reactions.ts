import { systemActor } from '../platform/ctx.ts'
import type { Reaction } from '../platform/outbox.ts'
import { type Platform, runCommand } from '../platform/platform.ts'
import { takeOpenOf } from './pages-store.ts'

/** Acts of people by which a record is in hands. */
const taking = ['ticket.assigned', 'ticket.replied', 'ticket.state-changed', 'ticket.resolved', 'ticket.merged']

/** Whoever works on a record has taken the open calls about it: nobody further is told. */
export const takeByWorking = (platform: Platform): Reaction => ({
  name: 'on-call.take-by-working',
  hears: taking,
  react: async (event) => {
    if (event.actor.kind !== 'person') return
    await runCommand(platform, systemActor(event.organisation ?? '', 'Linchpin', 'job'), async (ctx) => {
      ctx.unchanged()
      for (const page of await takeOpenOf(
        ctx.tx,
        event.subject.id,
        { id: event.actor.id, name: event.actor.name },
        event.at,
      ))
        ctx.record({
          type: 'on-call.taken',
          subject: event.subject,
          cause: event.id,
          actor: event.actor,
          after: { page },
        })
    })
  },
})
