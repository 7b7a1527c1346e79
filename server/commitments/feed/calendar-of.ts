import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { sentence } from '../../platform/catalogue.ts'
import type { FeedEntry } from './feeds-store.ts'

const quarter = 15 * 60_000

export interface FeedSubject {
  reference: string
  title: string
}

/**
 * A calendar (RFC 5545) of what is due. A moment is a quarter of an hour that ends when it is due; what is due at the end of a date fills the
 * day. The UID stays while a commitment lasts and SEQUENCE is its version, so that a later reading replaces an earlier one (RFC 5545,
 * 3.8.7.4); what was finished or released is CANCELLED.
 */
export function calendarOf(
  entries: readonly FeedEntry[],
  named: ReadonlyMap<string, FeedSubject>,
  { name, publicUrl }: { name: string; publicUrl: string },
): string {
  const calendar = ical({ name, prodId: { company: 'Linchpin', product: 'Linchpin', language: 'EN' }, ttl: 900 })
  calendar.method(ICalCalendarMethod.PUBLISH)
  const host = new URL(publicUrl).hostname
  for (const entry of entries) {
    const isOpen = entry.phase === 'running'
    const dueAt = isOpen ? entry.due_at : entry.promised_at
    if (dueAt === null) continue
    const subject = named.get(entry.subject_id)
    const reference = entry.reference ?? subject?.reference ?? ''
    const end = new Date(dueAt)
    const event = calendar.createEvent({
      id: `${entry.id}@${host}`,
      sequence: entry.version,
      stamp: new Date(entry.updated_at),
      lastModified: new Date(entry.updated_at),
      status: isOpen ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      summary: sentence('commitments.feed.summary', {
        kind: entry.kind,
        title: entry.title ?? subject?.title ?? '',
        reference: entry.title === null ? reference : '',
      }).trim(),
      description: sentence('commitments.feed.about', {
        reference,
        about: entry.subject_kind === 'commitment' ? '' : (subject?.reference ?? ''),
        title: entry.subject_kind === 'commitment' ? '' : (subject?.title ?? ''),
      }).trim(),
      url: addressOf(entry, reference, subject, publicUrl),
      ...(entry.all_day === true && entry.zone !== null
        ? { ...dayOf(end, entry.zone), allDay: true }
        : { start: new Date(end.getTime() - quarter), end }),
    })
    event.categories([{ name: sentence(`commitments.kind.${entry.kind}`) }])
  }
  return calendar.toString()
}

/** The date that is over at a moment, as the library wants it: midnight UTC of it and of the next. */
function dayOf(end: Date, zone: string): { start: Date; end: Date } {
  const last = Temporal.Instant.fromEpochMilliseconds(end.getTime() - 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const utc = (date: Temporal.PlainDate) => new Date(`${date.toString()}T00:00:00Z`)
  return { start: utc(last), end: utc(last.add({ days: 1 })) }
}

function addressOf(entry: FeedEntry, reference: string, subject: FeedSubject | undefined, publicUrl: string): string {
  return entry.subject_kind === 'ticket' && entry.title === null
    ? `${publicUrl}/tickets/${subject?.reference ?? entry.subject_id}`
    : `${publicUrl}/commitments/${reference === '' ? entry.id : reference}`
}
