import type { MajorIncident, PublicIncident } from '../../contract/major-incidents.ts'
import { may } from '../../contract/permissions.ts'
import type { Actor } from '../platform/ctx.ts'
import { shownRefusals } from '../platform/refusals.ts'
import type { SeenIncident, StoredUpdate } from './incidents-store.ts'
import { wasKept } from './rules/compose-report.ts'
import { type IncidentStanding, whyNotLead, whyNotReport } from './rules/why-not.ts'

export const standingOf = (actor: Actor, i: { inside: boolean }): IncidentStanding => ({
  inside: i.inside && may(actor.role, 'tickets.work'),
})

export const shownUpdate = (u: StoredUpdate) => ({
  id: u.id,
  kind: u.kind,
  words: u.words,
  at: iso(u.at),
  by: u.by_name,
})

/** Moments inside JSON come as PostgreSQL writes them. */
const iso = (at: string): string => new Date(at).toISOString()

export function shownPublic(i: SeenIncident): PublicIncident {
  const latest = i.updates.at(-1)
  return {
    id: i.id,
    headline: i.headline,
    affected: i.affected,
    state: i.state,
    declaredAt: i.declared_at,
    endedAt: i.ended_at,
    nextUpdateAt: i.next_update_at,
    latest: latest === undefined ? null : shownUpdate(latest),
    ticket: i.seen ? { id: i.ticket_id, reference: i.reference } : null,
  }
}

export function shownIncident(actor: Actor, i: SeenIncident): MajorIncident {
  const who = standingOf(actor, i)
  const lead = whyNotLead(i, who)
  return {
    ...shownPublic(i),
    version: i.version,
    ticket: { id: i.ticket_id, reference: i.reference },
    updateMinutes: i.update_minutes,
    commander: { id: i.commander_id, name: i.commander_name },
    communications: { id: i.communications_id, name: i.communications_name },
    technical: i.technical_id === null ? null : { id: i.technical_id, name: i.technical_name ?? '' },
    everyone: i.everyone,
    teams: i.team_refs,
    persons: i.person_refs,
    addresses: [...i.addresses],
    declaredBy: i.declared_by_name,
    endedBy: i.ended_by_name,
    updates: i.updates.map((u) => ({
      ...shownUpdate(u),
      promisedFor: u.promised_for === null ? null : iso(u.promised_for),
      kept: wasKept({ at: u.at, promisedFor: u.promised_for }),
    })),
    report: i.report,
    reportSentAt: i.report_sent_at,
    refusals: shownRefusals({ update: lead, edit: lead, end: lead, report: whyNotReport(i, who) }),
  }
}
