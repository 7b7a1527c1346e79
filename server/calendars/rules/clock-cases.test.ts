import { describe, expect, test } from 'vitest'
import cases from '../../../test/cases/clock-cases.json' with { type: 'json' }
import { previewCalendarInput, measureCalendarInput } from '../../../contract/calendars.ts'
import { measureCalendar, previewCalendar } from './preview-calendar.ts'
import { isRefusal } from './refusal.ts'

type Case = { id: string; about: string; expect: { due?: string; seconds?: number; error?: string } } & Record<
  string,
  unknown
>

describe('the table of calendar cases', () => {
  test('is whole', () => expect(cases.calendar).toHaveLength(166))

  for (const row of cases.calendar as unknown as Case[]) {
    test(`${row.id}: ${row.about}`, () => {
      const answer =
        'to' in row
          ? measureCalendar(measureCalendarInput.parse(row))
          : previewCalendar(previewCalendarInput.parse(row))
      if (isRefusal(answer)) expect({ error: answer.code }).toEqual(row.expect)
      else if ('due' in answer) expect({ due: answer.due }).toEqual(row.expect)
      else expect(answer).toEqual(row.expect)
    })
  }
})
