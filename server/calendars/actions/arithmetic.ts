import type { Input, Output } from '../../../contract/action.ts'
import type { calendarArithmetic } from '../../../contract/calendars.ts'
import { sentence } from '../../platform/catalogue.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { Problem } from '../../platform/errors.ts'
import { measureCalendar as measure, previewCalendar as preview } from '../rules/preview-calendar.ts'
import { isRefusal } from '../rules/refusal.ts'

/** A question to the rules; their refusal is the code of a 400. */
export function answered<T>(answer: T): Exclude<T, { code: string; params: unknown }> {
  if (isRefusal(answer)) throw new Problem(400, answer.code, answer.params)
  return answer as Exclude<T, { code: string; params: unknown }>
}

export async function previewCalendar(
  _ctx: Ctx,
  input: Input<typeof calendarArithmetic.previewCalendar>,
): Promise<Output<typeof calendarArithmetic.previewCalendar>> {
  const { due, spans, explanation } = answered(preview(input))
  return { due, spans, explanation: explanation.map((said) => sentence(said.code, said.params, input.calendar.zone)) }
}

export async function measureCalendar(
  _ctx: Ctx,
  input: Input<typeof calendarArithmetic.measureCalendar>,
): Promise<Output<typeof calendarArithmetic.measureCalendar>> {
  return answered(measure(input))
}
