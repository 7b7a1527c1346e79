import type { Input, Output } from '../../../contract/action.ts'
import type { commitments } from '../../../contract/commitments.ts'
import { isoInstant } from '../../calendars/public.ts'
import type { Said } from '../../calendars/public.ts'
import { isRefusal } from '../../calendars/public.ts'
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
    const explained = explainClock({
      ...history,
      events: history.events.map((e) => (e.cause === undefined ? e : { ...e, cause: reasonText(e.cause, zone) })),
    })
    const calendar = await calendarOf(ctx.tx, clock.terms.calendarVersion)
    const before: Said[] = [
      ...(clock.because === null ? [] : [clock.because]),
      ...(calendar === undefined ? [] : [{ code: 'commitments.explain.calendar-version', params: { ...calendar } }]),
    ]
    const told = isRefusal(explained)
      ? [{ code: explained.code, params: explained.params }]
      : [...explained.explanation.slice(0, -1), ...spansTold(explained.strip), ...explained.explanation.slice(-1)]
    const say = (said: Said) => sentence(said.code, said.params, zone)
    return {
      commitment: clock.id,
      dueAt: row.due_at,
      zone,
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
