import type { TicketClock } from '../../../contract/tickets.ts'
import type { Ctx } from '../../platform/ctx.ts'

/** The clocks of one subject as its side panel shows them, in order of their start. The caller knows that the reader sees it. */
export async function clocksOf(_ctx: Ctx, _subjectId: string): Promise<TicketClock[]> {
  return []
}
