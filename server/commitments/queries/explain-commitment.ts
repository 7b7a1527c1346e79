import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import { isoInstant } from '../../calendars/public.ts'
import type { Said } from '../../calendars/public.ts'
import { isRefusal, zoneDataVersion } from '../../calendars/public.ts'
import { sentence } from '../../platform/catalogue.ts'
import { type Ctx, nowSeconds } from '../../platform/ctx.ts'
import { type Db, sql } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import type { Subjects } from '../../platform/subjects.ts'
import { loadClocks, type StoredClock } from '../clocks-store.ts'
import { commitmentById, type ShownRow } from '../commitments-store.ts'
import { explainClock, type StripPiece } from '../rules/explain-clock.ts'
import { historyOf } from '../rules/judge-clock.ts'

/** More spans than this are summed up in the sentences; the strip has them all. */
const spelledOut = 12

/** The word for the reason of an event, as it stands in the catalogue. */
const reasonText = (reason: string, zone: string): string => {
  const [, code, what] = /^([^:]*)(?::(.*))?$/s.exec(reason)!
  return sentence(`commitments.cause.${code!}`, { what: what ?? 'none' }, zone)
}

interface Cause {
  by: string
  /** What whoever acted gave as the reason. */
  reason: string | null
}

/** Who is behind the events of a clock, and why. */
async function causesOf(db: Db, events: readonly string[]): Promise<Map<string, Cause>> {
  const { rows } = await sql<Cause & { id: string }>`
    select e.id, e.actor_name as by, p.after->>'reason' as reason from events e left join event_payloads p on p.event_id = e.id where e.id = any(${events}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, by, reason }) => [id, { by, reason }]))
}

/** The word for what happened, by whom, and for those who work on the record with the reason that was given. */
function causeText(reason: string, cause: Cause | undefined, isInside: boolean, zone: string): string {
  const what = reasonText(reason, zone)
  if (cause === undefined) return what
  const given = isInside && cause.reason !== null && cause.reason !== '' ? cause.reason : null
  return sentence(
    'commitments.cause-by',
    { what, by: cause.by, given: given === null ? 'no' : 'yes', reason: given ?? '' },
    zone,
  )
}

async function calendarOf(db: Db, version: string): Promise<{ name: string; revision: number } | undefined> {
  const { rows } = await sql<{ name: string; revision: number }>`
    select c.name, v.revision from calendar_versions v join calendars c on c.id = v.calendar_id where v.id = ${version}`.execute(
    db,
  )
  return rows[0]
}

export const explainCommitment =
  (subjects: Subjects) =>
  async (ctx: Ctx, input: Input<typeof commitments.explain>): Promise<Output<typeof commitments.explain>> => {
    const row = await commitmentById(ctx.tx, subjects, ctx.actor, input.id)
    const [clock] = row === undefined ? [] : await loadClocks(ctx.tx, { ids: [input.id] })
    if (row === undefined || clock === undefined) throw notFound('commitment')
    const { zone } = clock.terms.calendar
    // a closed clock is explained as it was left
    const isOpen = row.phase === 'running' || row.phase === 'paused'
    const end = row.waived_at === null ? clock.events.at(-1)!.at : Math.floor(Date.parse(row.waived_at) / 1000)
    const asOf = isOpen ? Math.max(nowSeconds(ctx), clock.events.at(-1)!.at) : end
    const history = historyOf(clock, asOf)
    const causes = await causesOf(
      ctx.tx,
      clock.events.flatMap((e) => (e.cause === null ? [] : [e.cause])),
    )
    const explained = explainClock({
      ...history,
      events: history.events.map((e, i) =>
        e.cause === undefined
          ? e
          : { ...e, cause: causeText(e.cause, causes.get(clock.events[i]!.cause ?? ''), row.inside, zone) },
      ),
    })
    const calendar = await calendarOf(ctx.tx, clock.terms.calendarVersion)
    const before: Said[] = [
      ...(clock.because === null ? [] : [clock.because]),
      ...(calendar === undefined ? [] : [{ code: 'commitments.explain.calendar-version', params: { ...calendar } }]),
      { code: 'commitments.explain.zone-data', params: { zone, version: zoneDataVersion() } },
    ]
    const told = isRefusal(explained)
      ? [{ code: explained.code, params: explained.params }]
      : [...explained.explanation.slice(0, -1), ...spansTold(explained.strip), ...explained.explanation.slice(-1)]
    const say = (said: Said) => sentence(said.code, said.params, zone)
    return {
      commitment: clock.id,
      dueAt: row.due_at,
      zone,
      zoneData: zoneDataVersion(),
      sentences: [...before, ...told, ...closing(row, clock)].map(say),
      strip: isRefusal(explained)
        ? []
        : explained.strip.map((piece) => ({ ...piece, from: isoInstant(piece.from), to: isoInstant(piece.to) })),
      asOf: isoInstant(asOf),
    }
  }

/** Each worked span, in order; beyond a dozen the middle is summed up. */
function spansTold(strip: readonly StripPiece[]): Said[] {
  const worked = strip.filter((piece) => (piece.kind === 'worked' || piece.kind === 'late') && piece.seconds > 0)
  const tell = (piece: StripPiece): Said => ({
    code: 'calendars.explain.span',
    params: { fromAt: isoInstant(piece.from), toAt: isoInstant(piece.to), workedSeconds: piece.seconds },
  })
  if (worked.length <= spelledOut) return worked.map(tell)
  const middle = worked.slice(spelledOut / 2, -spelledOut / 2)
  return [
    ...worked.slice(0, spelledOut / 2).map(tell),
    {
      code: 'calendars.explain.more',
      params: { count: middle.length, workedSeconds: middle.reduce((sum, p) => sum + p.seconds, 0) },
    },
    ...worked.slice(-spelledOut / 2).map(tell),
  ]
}

function closing(row: ShownRow, clock: StoredClock): Said[] {
  const said: Said[] = []
  if (clock.importedAt !== null)
    said.push({ code: 'commitments.explain.imported', params: { importedAt: isoInstant(clock.importedAt) } })
  if (row.waived_at !== null)
    said.push({
      code: 'commitments.explain.waived',
      params: { waivedAt: row.waived_at, by: row.waived_by ?? '', reason: row.waived_reason ?? '' },
    })
  if (row.owner_fallback)
    said.push({ code: 'commitments.explain.fallback-owner', params: { owner: row.owner_name ?? '' } })
  return said
}
