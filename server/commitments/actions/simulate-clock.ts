import type { Input, Output } from '../../../contract/action.ts'
import type { clocks } from '../../../contract/clocks.ts'
import { answered } from '../../calendars/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { simulateClock as simulate } from '../rules/simulate-clock.ts'

export async function simulateClock(
  _ctx: Ctx,
  input: Input<typeof clocks.simulateClock>,
): Promise<Output<typeof clocks.simulateClock>> {
  const answer = answered(simulate(input))
  return {
    ...answer,
    explanation: answer.explanation.map((said) => sentence(said.code, said.params, input.calendar.zone)),
  }
}
