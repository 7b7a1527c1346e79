import { fields, type RecordKind } from '../../contract/fields.ts'
import type { Db } from '../platform/db.ts'
import { type Route, serve } from '../platform/mount.ts'
import { defineField, editField, listFields, listKinds, type SetsOf } from './actions/define-field.ts'

export interface FieldParts {
  setsOf: SetsOf
  /** Whether a record of the kind has a value of the key. */
  isUsed: (db: Db, kind: RecordKind, organisation: string, key: string) => Promise<boolean>
}

export const fieldRoutes = ({ setsOf, isUsed }: FieldParts): Route[] => [
  serve(fields.list, listFields(setsOf)),
  serve(fields.kinds, listKinds(setsOf)),
  serve(fields.define, defineField(setsOf)),
  serve(fields.edit, editField(setsOf, isUsed)),
]
