import { compiledCalendar } from '../calendars/public.ts'
import { type Ctx, nowSeconds } from '../platform/ctx.ts'
import { newId } from '../platform/identifiers.ts'
import { hoursOf, insertManyByHand } from './by-hand-store.ts'
import { loadClocks, lockClocksOf, type StoredClock, type Subject } from './clocks-store.ts'
import { applyClockEvents, type ClockToMove, startClocks } from './ledger.ts'
import type { OwnerNamed } from './owners.ts'
import { fixedMoment, ladderByHand } from './rules/fixed-moment.ts'
import type { LedgerEvent } from './rules/judge-clock.ts'
import { momentChange } from './rules/moment-change.ts'
import { insertTerms, type NewTerms } from './terms-store.ts'

/** A date that a record names and somebody must see to: the end of a warranty, the next audit. */
export interface RecordMoment {
  /** Unique on its record: `warranty_end`. */
  kind: string
  title: string
  /** Due at the end of the date in the organisation's zone; null while there is none. */
  on: string | null
  warnSeconds: number
  /** What was promised so far was done just now: it is kept, and another date begins anew. */
  done?: boolean
  /** A new promise, even for the same date: what is still open of the old one is over. */
  anew?: boolean
}

export interface MomentsOfRecord {
  subject: Subject
  owner: OwnerNamed
  /** All the moments the record can have; those of other kinds are left alone. */
  moments: readonly RecordMoment[]
  /** The event of the log that changed it. */
  cause: string
}

/** Terms that a record sets for itself. */
export const recordSource = 'record'

const targetOf = (clock: StoredClock): number | null => ('at' in clock.terms.target ? clock.terms.target.at : null)

/** The zone in which the dates of records end: that of the organisation's working hours; UTC while it has none. */
export async function zoneOfDates(ctx: Ctx, organisation: string): Promise<string> {
  const calendarVersion = await hoursOf(ctx.tx, organisation)
  return calendarVersion === undefined ? 'UTC' : (await compiledCalendar(ctx.tx, calendarVersion)).zone
}

/**
 * Keeps one commitment for each moment of each record: started when the moment is named, moved with it, cancelled when it goes away. Any number
 * of records with a fixed number of statements. Nothing is kept while the organisation has no working hours to count on.
 */
export async function keepMoments(
  ctx: Ctx,
  organisation: string,
  records: readonly MomentsOfRecord[],
  fresh = false,
): Promise<void> {
  if (fresh && records.every((record) => record.moments.every((moment) => moment.on === null))) return
  const calendarVersion = await hoursOf(ctx.tx, organisation)
  if (calendarVersion === undefined) return
  const { zone } = await compiledCalendar(ctx.tx, calendarVersion)
  const subjects = records.map((record) => record.subject.id)
  if (!fresh) await lockClocksOf(ctx.tx, subjects)
  const clocks = fresh ? [] : await loadClocks(ctx.tx, { subjects })
  const own = Map.groupBy(
    clocks.filter((clock) => clock.terms.source.kind === recordSource),
    (clock) => `${clock.subject.id} ${clock.kind}`,
  )
  const now = nowSeconds(ctx)
  const toStart: { record: MomentsOfRecord; moment: RecordMoment; terms: NewTerms }[] = []
  const toMove: { clock: StoredClock; event: Omit<LedgerEvent, 'terms'>; terms: NewTerms | null }[] = []
  for (const record of records)
    for (const moment of record.moments) {
      const before = own.get(`${record.subject.id} ${moment.kind}`) ?? []
      const last = before.at(-1)
      const at = last === undefined ? null : targetOf(last)
      const wanted = moment.on === null ? null : fixedMoment(moment.on, null, zone)
      const isDone = moment.done === true && (last?.phase === 'running' || last?.phase === 'paused')
      const phase = isDone ? 'stopped' : last?.phase
      const change = momentChange(phase === undefined || at === null ? null : { at, phase }, wanted, now, moment.anew)
      if (isDone)
        toMove.push({
          clock: last,
          event: { at: now, cause: record.cause, kind: 'stop', reason: 'done' },
          terms: null,
        })
      const revision = before.reduce((most, clock) => Math.max(most, clock.terms.source.revision), 0) + 1
      const terms = (): NewTerms => ({
        id: newId(),
        name: moment.title,
        kind: moment.kind,
        party: 'team',
        target: { at: wanted! },
        calendarVersion,
        ladder: ladderByHand(moment.kind, true, moment.warnSeconds),
        source: { kind: recordSource, id: record.subject.id, revision },
        pauseIn: [],
        resetOnReopen: false,
        when: null,
      })
      const event = { at: now, cause: record.cause }
      if (change === 'start' || change === 'replace') toStart.push({ record, moment, terms: terms() })
      if (change === 'retarget')
        toMove.push({ clock: last!, event: { ...event, kind: 'retarget', reason: 'record-moved' }, terms: terms() })
      else if (change === 'cancel' || change === 'replace')
        toMove.push({ clock: last!, event: { ...event, kind: 'cancel', reason: 'record-ended' }, terms: null })
    }
  if (toStart.length + toMove.length === 0) return
  const written = await insertTerms(
    ctx.tx,
    [...toStart, ...toMove].flatMap((one) => one.terms ?? []),
  )
  const termsOf = new Map(written.map((terms) => [terms.id, terms]))
  const made = toStart.map((one) => ({ ...one, id: newId(), written: termsOf.get(one.terms.id)! }))
  await startClocks(
    ctx,
    made.map(({ id, record, written: terms }) => ({
      id,
      organisation,
      subject: record.subject,
      owner: record.owner,
      terms,
      because: null,
      events: [{ at: now, kind: 'start', cause: record.cause, reason: 'record-named', terms }],
    })),
  )
  await insertManyByHand(
    ctx.tx,
    made.map(({ id, moment }) => ({ commitment: id, title: moment.title, zone, madeByName: ctx.actor.name })),
  )
  await applyClockEvents(
    ctx,
    toMove.map(({ clock, event, terms }): ClockToMove => ({
      clock,
      events: [{ ...event, terms: terms === null ? null : termsOf.get(terms.id)! }],
    })),
  )
}
