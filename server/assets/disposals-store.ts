import type { Disposal, SanitisedMedium } from '../../contract/disposals.ts'
import { type Db, sql } from '../platform/db.ts'

interface Row {
  certificate: string
  method: Disposal['method']
  recipient: string | null
  disposed_on: string
  proceeds_minor: number | null
  proceeds_currency: string | null
  cost_minor: number | null
  cost_currency: string | null
  book_minor: number | null
  book_currency: string | null
  gain_minor: number | null
  media: SanitisedMedium[]
  no_media: boolean
  made_by: string
}
const amount = (minor: number | null, currency: string | null) =>
  minor === null || currency === null ? null : { minor, currency }

/** How an asset came to its end; null while it has not. */
export async function disposalOf(db: Db, asset: string): Promise<Disposal | null> {
  const { rows } = await sql<Row>`select * from asset_disposals where asset_id = ${asset}`.execute(db)
  const [row] = rows
  return row === undefined
    ? null
    : {
        certificate: row.certificate,
        method: row.method,
        recipient: row.recipient,
        on: row.disposed_on,
        proceeds: amount(row.proceeds_minor, row.proceeds_currency),
        cost: amount(row.cost_minor, row.cost_currency),
        book: amount(row.book_minor, row.book_currency),
        gainMinor: row.gain_minor,
        media: row.media,
        noMedia: row.no_media,
        by: row.made_by,
      }
}

/** Writes it once, under the next number of a certificate, and answers that. */
export async function insertDisposal(
  db: Db,
  organisation: string,
  asset: string,
  d: Omit<Disposal, 'certificate'>,
): Promise<string> {
  const { rows } = await sql<{ certificate: string }>`
    insert into asset_disposals (asset_id, organisation_id, certificate, method, recipient, disposed_on, proceeds_minor, proceeds_currency, cost_minor, cost_currency, book_minor, book_currency,
      gain_minor, media, no_media, made_by)
    values (${asset}, ${organisation}, 'DSP-' || nextval('disposal_number'), ${d.method}, ${d.recipient}, ${d.on}, ${d.proceeds?.minor ?? null}, ${d.proceeds?.currency ?? null}, ${d.cost?.minor ?? null},
      ${d.cost?.currency ?? null}, ${d.book?.minor ?? null}, ${d.book?.currency ?? null}, ${d.gainMinor}, ${JSON.stringify(d.media)}::jsonb, ${d.noMedia}, ${d.by})
    returning certificate`.execute(db)
  return rows[0]!.certificate
}
