import { epochSeconds, isoInstant } from '../calendars/public.ts'
import type { Db } from '../platform/db.ts'
import type { Subjects } from '../platform/subjects.ts'
import { channelsFor, firstSaid, type RoutedChannel } from './channels-store.ts'
import type { Readers } from './readers.ts'
import { enterBatch, type LeavingNotice, openBatch } from './routing-store.ts'
import { topicOf, wayOf } from './rules/topics.ts'
import { type Hold, whenToSend } from './rules/when-to-send.ts'

/**
 * Puts notices on their way into chats: into a person's own channel as they chose, into that of a team that serves the record, into that of
 * the organisation; into a shared one a cause once, whether or not somebody muted it for themselves.
 */
export async function routeToChat(
  tx: Db,
  subjects: Subjects,
  readers: Readers,
  notices: readonly LeavingNotice[],
): Promise<void> {
  const known = await channelsFor(
    tx,
    [...new Set(notices.map((n) => n.person_id))],
    [...new Set(notices.map((n) => n.organisation_id))],
  )
  if (known.length === 0) return
  const teams = known.some((c) => c.owner_kind === 'team') ? await teamsOf(tx, subjects, notices) : new Map()
  for (const notice of notices)
    for (const channel of known) {
      const own = channel.owner_kind === 'person'
      const sent = own
        ? await forPerson(readers, channel, notice)
        : await forAll(tx, readers, channel, notice, teams.get(notice.subject_id ?? '') ?? [])
      if (sent === null) continue
      const batch = await openBatch(tx, {
        organisation: notice.organisation_id,
        person: own ? notice.person_id : null,
        channel: channel.id,
        hold: sent.hold,
        sendAt: isoInstant(sent.at),
      })
      await enterBatch(tx, batch.id, [notice.id])
    }
}

async function forPerson(
  readers: Readers,
  channel: RoutedChannel,
  n: LeavingNotice,
): Promise<{ at: number; hold: Hold } | null> {
  if (channel.owner_id !== n.person_id || n.role === null || n.subject_muted || n.read_at !== null) return null
  const topic = topicOf(n.kind)
  return whenToSend(epochSeconds(n.at), topic, wayOf(n.role, n.ways ?? {}, topic, 'chat'), await readers.of(n))
}

async function forAll(
  tx: Db,
  readers: Readers,
  channel: RoutedChannel,
  n: LeavingNotice,
  serving: readonly string[],
): Promise<{ at: number; hold: Hold } | null> {
  const topic = topicOf(n.kind)
  if (channel.organisation_id !== n.organisation_id || n.subject_id === null) return null
  if (n.params['onBehalfOf'] !== undefined || !(channel.topics as string[]).includes(topic)) return null
  if (channel.owner_kind === 'team' && !serving.includes(channel.owner_id!)) return null
  if (!(await firstSaid(tx, channel.id, n.cause))) return null
  const calendar = await readers.ofOrganisation(n.organisation_id)
  return whenToSend(epochSeconds(n.at), topic, channel.in_working_hours ? 'working-hours' : 'at-once', {
    zone: calendar?.zone ?? 'UTC',
    calendar,
    quiet: null,
  })
}

async function teamsOf(
  tx: Db,
  subjects: Subjects,
  notices: readonly LeavingNotice[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const about = notices.filter((n) => n.subject_id !== null)
  for (const [kind, ofKind] of Map.groupBy(about, (n) => n.subject_kind!)) {
    const ids = [...new Set(ofKind.map((n) => n.subject_id!))]
    for (const [id, people] of (await subjects.get(kind)?.people?.(tx, ids)) ?? []) found.set(id, people.teams)
  }
  return found
}
