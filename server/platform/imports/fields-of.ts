import type { Db } from '../db.ts'
import type { ImportField, ImportSource } from './source.ts'

/** The fields a source knows in an organisation: its own first, then those that the organisation made. */
export const fieldsOf = async (db: Db, source: ImportSource, organisation: string): Promise<readonly ImportField[]> =>
  source.ownFields === undefined ? source.fields : [...source.fields, ...(await source.ownFields(db, organisation))]
