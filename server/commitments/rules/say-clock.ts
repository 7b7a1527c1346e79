import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import type { Said } from '../../calendars/rules/explain-due.ts'
import { isoInstant } from '../../calendars/rules/instants.ts'
import type { Breach, ClockEvent, ClockPhase, Target } from './clock.ts'
import type { Judgement } from './judge-generation.ts'

/** What is said of each thing that happens to a clock; the sentences stand in the catalogue under `commitments.explain`. */

export function begun(event: ClockEvent, generation: number, target: Target, isRunning: boolean): Said {
  const params = { ...basics(event), ...ofTarget(target), generation }
  if (generation === 1) return said('started', params)
  return said(isRunning ? 'reset' : 'reset-paused', params)
}

export function rested(event: ClockEvent, phase: ClockPhase, { length, worked }: Judgement): Said {
  if (phase !== 'paused') return said(phase, { ...basics(event), workedSeconds: worked })
  const params = { ...basics(event), workedSeconds: worked, leftSeconds: Math.max(0, length - worked) }
  return worked > length ? said('paused-over', { ...params, overSeconds: worked - length }) : said('paused', params)
}

export function resumed(event: ClockEvent, from: ClockPhase, restedSeconds: number): Said {
  return said(from === 'stopped' ? 'reopened' : 'resumed', { ...basics(event), restedSeconds })
}

export function retargeted(event: ClockEvent, target: Target, calendar: Calendar): Said {
  const what = event.target === undefined ? 'calendar' : event.calendar === undefined ? 'target' : 'both'
  return said('retargeted', { ...basics(event), ...ofTarget(target), what, zone: calendar.zone })
}

export function dueSet(due: number, { length, worked, passed }: Judgement): Said {
  const params = { dueAt: isoInstant(due), leftSeconds: Math.max(0, length - worked) }
  return said(passed === null ? 'due-set' : 'due-fixed', params)
}

/** After a retarget. While paused an unmissed due moment waits for the resume, so only what is left is told. */
export function dueMoved({ due, passed, length, worked }: Judgement, phase: ClockPhase): Said {
  if (passed !== null) return said('due-past', { dueAt: isoInstant(passed) })
  if (phase === 'paused' || due === null) return said('left-changed', { leftSeconds: Math.max(0, length - worked) })
  return said('due-moved', { dueAt: isoInstant(due) })
}

export function breached({ deadline, observedAt }: Breach): Said {
  return said('breached', { deadlineAt: isoInstant(deadline), observedAt: isoInstant(observedAt) })
}

export function superseded({ deadline }: Breach): Said {
  return said('superseded', { deadlineAt: isoInstant(deadline) })
}

export function fired(step: string, at: number, suppressed: boolean): Said {
  return said(suppressed ? 'step-suppressed' : 'step-fired', { step, firedAt: isoInstant(at) })
}

export function ignored(at: number, kind: string, phase: ClockPhase): Said {
  return said('ignored', { eventAt: isoInstant(at), kind, phase })
}

function said(name: string, params: Record<string, string | number>): Said {
  return { code: `commitments.explain.${name}`, params }
}

/** `cause` is `none` where none was given, so that a sentence can leave it out. */
function basics(event: ClockEvent): Record<string, string | number> {
  return { eventAt: isoInstant(event.at), cause: event.cause ?? 'none' }
}

function ofTarget(target: Target): Record<string, string | number> {
  if ('at' in target) return { unit: 'moment', targetSeconds: 0, workingDays: 0, targetAt: isoInstant(target.at) }
  if ('seconds' in target) return { unit: 'time', targetSeconds: target.seconds, workingDays: 0 }
  return { unit: target.endOfDay === true ? 'endOfDay' : 'days', targetSeconds: 0, workingDays: target.workingDays }
}
