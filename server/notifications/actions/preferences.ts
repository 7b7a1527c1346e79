import type { Input, Output } from '../../../contract/action.ts'
import { noticeTopics, type notificationPreferences } from '../../../contract/notifications.ts'
import { allCalendars, firstCalendar, isoInstant } from '../../calendars/public.ts'
import { personById } from '../../people/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { forbidden, invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { digestOf, wayOf } from '../rules/topics.ts'
import { whyNotAbsence } from '../rules/why-not-absence.ts'
import {
  muteSubject,
  mutedBy,
  saveSettings,
  type SettingsColumns,
  settingsOf,
  type StoredSettings,
  unmuteSubject,
} from '../settings-store.ts'

type Shown = Output<typeof notificationPreferences.show>

export interface PreferenceParts {
  subjects: Subjects
  /** Whether mail can be sent at all. */
  mails: boolean
  /** Addresses of a person that send mail back. */
  bouncingOf(db: Db, person: string): Promise<{ address: string; since: string }[]>
  /** Whether the person has a chat channel of their own. */
  hasChat(db: Db, person: string): Promise<boolean>
}

/** How the reader is told; everybody keeps their own. */
export function preferenceActions({ subjects, mails, bouncingOf, hasChat }: PreferenceParts) {
  const show = async (ctx: Ctx): Promise<Shown> => shown(ctx, await settingsOf(ctx.tx, personOf(ctx)))
  const shown = async (ctx: Ctx, s: StoredSettings): Promise<Shown> => {
    const { actor, tx } = ctx
    const calendars = await allCalendars(tx, actor.organisation)
    const own = calendars.find((c) => c.id === s.calendar_id) ?? null
    const calendar = own ?? (await firstCalendar(tx, actor.organisation))
    const muted = await mutedBy(tx, s.person_id)
    const names = new Map<string, { reference: string; title: string }>()
    for (const [kind, ofKind] of Map.groupBy(muted, (m) => m.kind)) {
      const ids = ofKind.map((m) => m.id)
      const seen = await subjects.visibleIds(tx, actor, kind, ids)
      const described = await subjects.describe(
        tx,
        ids.filter((id) => seen.has(id)).map((id) => ({ kind, id })),
      )
      for (const [id, what] of described) names.set(id, what)
    }
    const [bouncing] = await bouncingOf(tx, s.person_id)
    return {
      version: s.version,
      ways: noticeTopics.map((topic) => ({
        topic,
        mail: wayOf(actor.role, s.ways, topic, 'mail'),
        chat: wayOf(actor.role, s.ways, topic, 'chat'),
      })),
      calendar: calendar === null ? null : { id: calendar.id, name: calendar.name },
      ownCalendar: own !== null,
      calendars: calendars.filter((c) => c.active).map(({ id, name }) => ({ id, name })),
      quiet: s.quiet_from === null || s.quiet_until === null ? null : { from: s.quiet_from, until: s.quiet_until },
      digestAt: digestOf(actor.role, s.digest),
      absence:
        s.absent_from === null || s.absent_until === null || Date.parse(s.absent_until) <= Date.parse(ctx.now)
          ? null
          : {
              firstDay: dayOf(s.absent_from, actor.zone),
              // the absence ends as the day after begins
              lastDay: Temporal.PlainDate.from(dayOf(s.absent_until, actor.zone)).subtract({ days: 1 }).toString(),
              delegate: s.delegate_id === null ? null : { id: s.delegate_id, name: s.delegate_name ?? '' },
            },
      muted: muted.flatMap((m) => {
        const named = names.get(m.id)
        return named === undefined ? [] : [{ ...m, ...named }]
      }),
      mail: {
        on: mails,
        bouncing: bouncing === undefined ? null : { address: bouncing.address, since: bouncing.since },
      },
      chat: { on: await hasChat(tx, s.person_id) },
    }
  }
  return {
    show,
    async save(ctx: Ctx, input: Input<typeof notificationPreferences.save>): Promise<Shown> {
      const before = await settingsOf(ctx.tx, personOf(ctx), true)
      if (input.version !== undefined && input.version !== before.version) throw stale(await shown(ctx, before), input)
      await checkReferences(ctx, input)
      const { person_id: _person, version: _version, delegate_name: _name, ...columns } = before
      const after: SettingsColumns = { ...columns, ...columnsOf(input, before, ctx.actor.zone) }
      const change = changes(columns, after)
      if (Object.keys(change.after).length === 0) {
        ctx.unchanged()
        return shown(ctx, before)
      }
      await saveSettings(ctx.tx, before.person_id, after)
      ctx.record({
        type: 'notification-settings.changed',
        subject: { kind: 'person', id: before.person_id },
        ...change,
      })
      return show(ctx)
    },
    async mute(ctx: Ctx, input: Input<typeof notificationPreferences.mute>): Promise<Shown> {
      const person = personOf(ctx)
      const seen = await subjects.visibleIds(ctx.tx, ctx.actor, input.kind, [input.id])
      if (!seen.has(input.id)) throw notFound('record')
      if (await muteSubject(ctx.tx, person, input))
        ctx.record({
          type: 'notification-settings.muted',
          subject: { kind: 'person', id: person },
          after: { subject: input.id },
        })
      else ctx.unchanged()
      return show(ctx)
    },
    async unmute(ctx: Ctx, input: Input<typeof notificationPreferences.unmute>): Promise<Shown> {
      const person = personOf(ctx)
      if ((await unmuteSubject(ctx.tx, person, input.id)) === undefined) ctx.unchanged()
      else
        ctx.record({
          type: 'notification-settings.unmuted',
          subject: { kind: 'person', id: person },
          before: { subject: input.id },
        })
      return show(ctx)
    },
  }
}

type Given = Input<typeof notificationPreferences.save>

const dayOf = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()

/** When a local date begins, or one so many days after it; as the database writes instants. */
const beginOf = (date: string, daysAfter: number, zone: string): string =>
  isoInstant(
    Math.floor(Temporal.PlainDate.from(date).add({ days: daysAfter }).toZonedDateTime(zone).epochMilliseconds / 1000),
  )

function columnsOf(input: Given, before: StoredSettings, zone: string): Partial<SettingsColumns> {
  const ways = { ...before.ways }
  for (const topic of noticeTopics) {
    const chosen = input.ways?.[topic]
    if (chosen !== undefined) ways[topic] = { ...ways[topic], ...chosen }
  }
  return {
    ways,
    ...(input.calendar === undefined ? {} : { calendar_id: input.calendar }),
    ...(input.quiet === undefined
      ? {}
      : { quiet_from: input.quiet?.from ?? null, quiet_until: input.quiet?.until ?? null }),
    ...(input.digestAt === undefined ? {} : { digest: input.digestAt ?? 'off' }),
    ...(input.absence === undefined
      ? {}
      : {
          absent_from: input.absence === null ? null : beginOf(input.absence.firstDay, 0, zone),
          absent_until: input.absence === null ? null : beginOf(input.absence.lastDay, 1, zone),
          delegate_id: input.absence?.delegate ?? null,
        }),
  }
}

async function checkReferences(ctx: Ctx, input: Given): Promise<void> {
  const { organisation } = ctx.actor
  if (input.calendar != null) {
    const known = await allCalendars(ctx.tx, organisation)
    if (!known.some((c) => c.id === input.calendar && c.active)) throw invalid('calendar', 'notifications.no-calendar')
  }
  if (input.absence == null) return
  refuse(whyNotAbsence(input.absence, dayOf(ctx.now, ctx.actor.zone), personOf(ctx)))
  if (input.absence.delegate === null) return
  const delegate = await personById(ctx.tx, organisation, input.absence.delegate)
  if (delegate === undefined || !delegate.active || delegate.role === null || delegate.disabled_at !== null)
    throw invalid('absence', 'notifications.no-delegate')
}

function personOf(ctx: Ctx): string {
  if (ctx.actor.person === null) throw forbidden('account')
  return ctx.actor.person
}
