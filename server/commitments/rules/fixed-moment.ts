import type { LadderStep } from '../../../contract/commitments.ts'

const hour = 3600
/** An all-day commitment is told of at nine in the morning of its day rather than at its last second. */
const morning = -15 * hour
/** A working day and three of them after the due moment: then somebody else hears of it. */
const oneDay = 8 * hour
/** Kinds that concern nobody but their owner; of an answer that does not come whoever asked hears through a commitment of their own. */
const ownAlone = new Set(['reminder', 'attestation_answer'])

/**
 * The moment (epoch seconds) at which a date is over in a zone, or the local time on it. A time that does not exist is moved to the end of
 * the gap, of one that comes twice the earlier counts (clock semantics C12, C13).
 */
export function fixedMoment(on: string, time: string | null, zone: string): number {
  const date = Temporal.PlainDate.from(on)
  const at =
    time === null
      ? date.add({ days: 1 }).toZonedDateTime({ timeZone: zone })
      : date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'compatible' })
  return Math.floor(at.epochMilliseconds / 1000)
}

/** Whether a zone is known by the time-zone data of this machine. */
export function isZone(zone: string): boolean {
  try {
    Temporal.PlainDate.from('2000-01-01').toZonedDateTime(zone)
    return true
  } catch {
    return false
  }
}

/**
 * Whom a commitment by hand tells, and when: its owner ahead and at the due moment; what others count on also tells the lead a working day
 * after, and the coordinators after three.
 */
export function ladderByHand(kind: string, allDay: boolean, warnSeconds: number | null): LadderStep[] {
  const step = (name: string, when: Partial<LadderStep>, notify: LadderStep['notify']): LadderStep => ({
    step: name,
    notify,
    raisePriority: false,
    ...when,
  })
  return [
    ...(warnSeconds === null || warnSeconds === 0 ? [] : [step('ahead', { clockSeconds: -warnSeconds }, ['owner'])]),
    ...(allDay ? [step('on the day', { clockSeconds: morning }, ['owner'])] : []),
    step('due', { clockSeconds: 0 }, allDay ? [] : ['owner']),
    ...(ownAlone.has(kind)
      ? []
      : [
          step('1 working day late', { workingSeconds: oneDay }, ['owner', 'lead']),
          step('3 working days late', { workingSeconds: 3 * oneDay }, ['coordinators']),
        ]),
  ]
}
