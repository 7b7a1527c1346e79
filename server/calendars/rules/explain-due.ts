import { addWorkingTime } from './add-working-time.ts'
import { countWorkingDays } from './add-working-days.ts'
import type { Calendar } from './compile-calendar.ts'
import { isoDate, isoInstant } from './instants.ts'
import { dueWithPauses, unitedPauses, type Target } from './pauses.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { workingSpans, workingTimeBetween, type Stretch } from './working-time-between.ts'

/** A sentence to be: the key of the catalogue and what it speaks of (`…At` instants, `…On` dates, `…Seconds` durations). */
export type Said = { readonly code: string; readonly params: Readonly<Record<string, string | number>> }

export type WorkedSpan = Stretch & { readonly seconds: number }

/** The due moment (instant in seconds), the spans that counted, oldest first, and the same in sentences. */
export type ExplainedDue = { readonly due: number; readonly spans: WorkedSpan[]; readonly explanation: Said[] }

/** More spans than this are summed up in the sentences; `spans` has them all. */
const spelledOut = 12

/** `dueWithPauses` (A1–A16) together with why. The same refusals. */
export function explainDue(
  calendar: Calendar,
  start: number,
  target: Target,
  pauses: readonly Stretch[],
): ExplainedDue | Refusal {
  const due = dueWithPauses(calendar, start, target, pauses)
  if (isRefusal(due)) return due
  const resting = unitedPauses(pauses, start).filter((pause) => pause.from < due)
  const spans = spansBetween(calendar, start, due, resting)
  const explanation = [
    { code: 'calendars.explain.zone', params: { zone: calendar.zone } },
    ...explainTarget(calendar, start, target),
    ...explainSpans(calendar, spans, resting),
    { code: 'calendars.explain.due', params: { dueAt: isoInstant(due) } },
  ]
  return { due, spans, explanation }
}

/** Working spans in [from, to) with the pauses cut out (A14); `pauses` are united and sorted. */
export function spansBetween(calendar: Calendar, from: number, to: number, pauses: readonly Stretch[]): WorkedSpan[] {
  const spans: WorkedSpan[] = []
  let open = from
  for (const pause of [...pauses, { from: to, to }]) {
    for (const span of workingSpans(calendar, open, Math.min(pause.from, to)))
      spans.push({ ...span, seconds: span.to - span.from })
    open = Math.max(open, pause.to)
  }
  return spans
}

function explainTarget(calendar: Calendar, start: number, target: Target): Said[] {
  if ('at' in target) return [{ code: 'calendars.explain.moment', params: { momentAt: isoInstant(target.at) } }]
  return 'seconds' in target ? explainSeconds(calendar, start, target.seconds) : explainDays(calendar, start, target)
}

function explainSeconds(calendar: Calendar, start: number, seconds: number): Said[] {
  if (seconds === 0) return [{ code: 'calendars.explain.nothing-to-count', params: { startAt: isoInstant(start) } }]
  const target: Said = {
    code: 'calendars.explain.target',
    params: { targetSeconds: seconds, startAt: isoInstant(start) },
  }
  const first = addWorkingTime(calendar, start, 1)
  if (isRefusal(first) || first === start + 1) return [target]
  return [target, { code: 'calendars.explain.opens', params: { openAt: isoInstant(first - 1) } }]
}

function explainDays(
  calendar: Calendar,
  start: number,
  target: { workingDays: number; endOfDay?: boolean | undefined },
): Said[] {
  const counted = countWorkingDays(calendar, start, target.workingDays, target.endOfDay === true)
  if (isRefusal(counted)) return []
  const said: Said[] = [
    { code: 'calendars.explain.days', params: { workingDays: target.workingDays, startAt: isoInstant(start) } },
  ]
  if (counted.began !== start)
    said.push({ code: 'calendars.explain.opens', params: { openAt: isoInstant(counted.began) } })
  said.push({ code: 'calendars.explain.day-zero', params: { dayOn: isoDate(counted.dayZero) } })
  if (target.workingDays > 0) {
    said.push({
      code: 'calendars.explain.last-day',
      params: { workingDays: target.workingDays, dayOn: isoDate(counted.lastDay) },
    })
  }
  said.push({
    code: target.endOfDay === true ? 'calendars.explain.closing' : 'calendars.explain.same-time',
    params: { momentAt: isoInstant(counted.due) },
  })
  return said
}

/** Spans and pauses in the order of time; the middle of a long list is summed up. */
function explainSpans(calendar: Calendar, spans: readonly WorkedSpan[], pauses: readonly Stretch[]): Said[] {
  const lines: { readonly at: number; readonly said: Said; readonly seconds: number }[] = [
    ...spans.map(({ from, to, seconds }) => ({
      at: from,
      seconds,
      said: {
        code: 'calendars.explain.span',
        params: { fromAt: isoInstant(from), toAt: isoInstant(to), workedSeconds: seconds },
      },
    })),
    ...pauses.map(({ from, to }) => {
      const restedSeconds = workingTimeBetween(calendar, from, to)
      return {
        at: from,
        seconds: 0,
        said: {
          code: 'calendars.explain.pause',
          params: { fromAt: isoInstant(from), toAt: isoInstant(to), restedSeconds },
        },
      }
    }),
  ].sort((a, b) => a.at - b.at)
  if (lines.length <= spelledOut) return lines.map(({ said }) => said)
  const middle = lines.slice(spelledOut - 3, -2)
  const workedSeconds = middle.reduce((sum, line) => sum + line.seconds, 0)
  return [
    ...lines.slice(0, spelledOut - 3).map(({ said }) => said),
    { code: 'calendars.explain.more', params: { count: middle.length, workedSeconds } },
    ...lines.slice(-2).map(({ said }) => said),
  ]
}
