import type { Input } from '../../contract/action.ts'
import type { imports } from '../../contract/imports.ts'
import { cursorOf, type Db, readCursor, sql } from '../platform/db.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { importById, type StoredImport } from '../platform/imports/imports-store.ts'
import type { RowVerdict } from '../platform/imports/source.ts'

/** An import of the organisation; 404 for any other. */
export async function importOf(db: Db, organisation: string, id: string, lock = false): Promise<StoredImport> {
  const found = await importById(db, id, lock)
  if (found === undefined || found.organisation_id !== organisation) throw notFound('import')
  return found
}

const position = (after: string | undefined, length: number) => {
  const from = readCursor(after, length)
  if (after !== undefined && from === null) throw new Problem(400, 'bad-cursor')
  return from
}

export async function importPage(db: Db, organisation: string, input: Input<typeof imports.list>) {
  const from = position(input.after, 2)
  const { rows } = await sql<StoredImport>`select * from imports where organisation_id = ${organisation}
    ${from === null ? sql`` : sql`and (created_at, id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`} order by created_at desc, id desc limit ${input.limit + 1}`.execute(
    db,
  )
  const last = rows[input.limit - 1]
  const counted =
    input.count === undefined
      ? {}
      : {
          total: (
            await sql<{
              n: number
            }>`select count(*)::int as n from imports where organisation_id = ${organisation}`.execute(db)
          ).rows[0]!.n,
        }
  return {
    rows: rows.slice(0, input.limit),
    next: rows.length > input.limit && last !== undefined ? cursorOf([last.created_at, last.id]) : null,
    ...counted,
  }
}

/** Verdicts in the order of rows, from after a row number. */
export async function verdictsAfter(
  db: Db,
  id: string,
  row: number,
  limit: number,
  verdicts?: readonly string[],
): Promise<RowVerdict[]> {
  const { rows } =
    await sql<RowVerdict>`select row, key, verdict, messages from import_rows where import_id = ${id} and row > ${row}
    ${verdicts === undefined ? sql`` : sql`and verdict = any(${verdicts})`} order by row limit ${limit}`.execute(db)
  return rows
}

export async function verdictPage(db: Db, input: Input<typeof imports.rows>) {
  const from = position(input.after, 1)
  const rows = await verdictsAfter(db, input.id, Number(from?.[0] ?? 0), input.limit + 1, input.verdict)
  const page = rows.slice(0, input.limit)
  const counted =
    input.count === undefined
      ? {}
      : {
          total: (
            await sql<{
              n: number
            }>`select count(*)::int as n from import_rows where import_id = ${input.id} ${input.verdict === undefined ? sql`` : sql`and verdict = any(${input.verdict})`}`.execute(
              db,
            )
          ).rows[0]!.n,
        }
  return { rows: page, next: rows.length > input.limit ? cursorOf([page.at(-1)!.row]) : null, ...counted }
}
