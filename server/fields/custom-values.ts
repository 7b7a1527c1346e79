import type { RawBuilder } from 'kysely'
import type { FieldShown, RecordKind, ValuesGiven } from '../../contract/fields.ts'
import { sentence } from '../platform/catalogue.ts'
import { type Db, sql } from '../platform/db.ts'
import { Problem, type Refusal } from '../platform/errors.ts'
import { seal, unseal } from '../platform/sealing.ts'
import { claimOf, type FieldValue, normalValue, whyNotValue } from './rules/field-value.ts'
import { claimValues, type StoredField } from './store.ts'

/** What lies on a record: values in the open, and encrypted ones (base64). */
export interface StoredValues {
  custom: Record<string, FieldValue>
  sealed: Record<string, string>
}
export const noValues: StoredValues = { custom: {}, sealed: {} }

/** Names of those of the ids that are persons of the organisation. */
export type PersonNames = (db: Db, organisation: string, ids: readonly string[]) => Promise<Map<string, string>>

/** Custom fields of any kind of record: how values are checked, kept and shown. */
export interface CustomValues {
  /**
   * The values after a change, checked; 400 names each wrong field in words. Values of fields that the record does not have
   * stay untouched and cannot be given. `isNew`: required fields must be there; later only what is changed is checked.
   */
  changed(
    db: Db,
    organisation: string,
    record: { kind: RecordKind; id: string; set: string | null; values: StoredValues; isNew: boolean },
    fields: readonly StoredField[],
    given: ValuesGiven,
  ): Promise<StoredValues>
  shown(
    db: Db,
    organisation: string,
    set: string | null,
    fields: readonly StoredField[],
    values: StoredValues,
  ): Promise<FieldShown[]>
  /** The encrypted value of a field; undefined where there is none, or it cannot be opened any more. */
  opened(record: string, key: string, values: StoredValues): FieldValue | undefined
}

const purposeOf = (record: string, key: string) => `custom field ${key} of ${record}`

/** The fields a record of a set has. */
export const fieldsFor = (fields: readonly StoredField[], set: string | null): StoredField[] =>
  fields.filter((f) => f.active && (f.sets.length === 0 || (set !== null && f.sets.includes(set))))

const ruleOf = (f: StoredField) => ({
  label: f.label,
  type: f.type,
  required: f.required,
  choices: f.choices,
  pattern: f.pattern,
})

/** A text of a file as the value that a field would keep, or what is wrong with it; `claim`: what no other record may have. */
export function checkedValue(
  field: StoredField,
  text: string | null,
): { value: FieldValue | null; refusal: Refusal | null; claim: string | null } {
  const value = normalValue(ruleOf(field), text)
  const refusal = whyNotValue(ruleOf(field), value)
  const fits = refusal === null ? (value as FieldValue | null) : null
  return { value: fits, refusal, claim: field.is_unique && fits !== null ? claimOf(fits) : null }
}

/** Opens the keeping of custom values with the secret of the installation. */
export function openCustomValues({ secret, personNames }: { secret: Buffer; personNames: PersonNames }): CustomValues {
  return {
    async changed(db, organisation, record, fields, given) {
      const own = fieldsFor(fields, record.set)
      const wrong = new Map<string, Refusal>()
      const values: StoredValues = { custom: { ...record.values.custom }, sealed: { ...record.values.sealed } }
      const claims: { field: string; value: string | null }[] = []
      for (const key of Object.keys(given))
        if (!own.some((f) => f.key === key)) wrong.set(key, { code: 'fields.unknown', params: { key } })
      const asked = own.filter((f) => f.key in given || (record.isNew && f.required))
      const kept = new Map(asked.map((f) => [f.key, normalValue(ruleOf(f), given[f.key])]))
      for (const f of asked) {
        const refusal = whyNotValue(ruleOf(f), kept.get(f.key) ?? null)
        if (refusal !== null) wrong.set(f.key, refusal)
      }
      const persons = asked.filter((f) => f.type === 'person' && !wrong.has(f.key) && kept.get(f.key) !== null)
      const known =
        persons.length === 0
          ? null
          : await personNames(
              db,
              organisation,
              persons.map((f) => String(kept.get(f.key))),
            )
      for (const f of persons)
        if (known?.has(String(kept.get(f.key))) !== true)
          wrong.set(f.key, { code: 'fields.not-person', params: { label: f.label } })
      if (wrong.size > 0) throw refusedValues(wrong)
      for (const f of asked) {
        const value = (kept.get(f.key) ?? null) as FieldValue | null
        const side: Record<string, unknown> = f.encrypted ? values.sealed : values.custom
        if (value === null) delete side[f.key]
        else
          side[f.key] = f.encrypted
            ? seal(secret, purposeOf(record.id, f.key), JSON.stringify(value)).toString('base64')
            : value
        if (f.is_unique) claims.push({ field: f.id, value: value === null ? null : claimOf(value) })
      }
      const taken = await claimValues(db, record.id, claims)
      if (taken !== undefined) {
        const f = own.find((one) => one.id === taken)!
        throw refusedValues(new Map([[f.key, { code: 'fields.taken', params: { label: f.label } }]]))
      }
      return values
    },
    async shown(db, organisation, set, fields, values) {
      const own = fieldsFor(fields, set)
      const ids = own.filter((f) => f.type === 'person' && !f.encrypted).flatMap((f) => values.custom[f.key] ?? [])
      const names = ids.length === 0 ? new Map<string, string>() : await personNames(db, organisation, ids.map(String))
      return own.map((f) => {
        const value = f.encrypted ? null : (values.custom[f.key] ?? null)
        return {
          key: f.key,
          label: f.label,
          help: f.help,
          type: f.type,
          required: f.required,
          choices: f.choices,
          value,
          text:
            value === null ? null : f.type === 'person' ? (names.get(String(value)) ?? String(value)) : String(value),
          encrypted: f.encrypted,
          given: f.encrypted ? f.key in values.sealed : value !== null,
        }
      })
    },
    opened(record, key, values) {
      const sealed = values.sealed[key]
      const text = sealed === undefined ? null : unseal(secret, purposeOf(record, key), Buffer.from(sealed, 'base64'))
      return text === null ? undefined : (JSON.parse(text) as FieldValue)
    },
  }
}

function refusedValues(wrong: ReadonlyMap<string, Refusal>): Problem {
  const fields = [...wrong].map(([key, refusal]) => ({
    path: `fields.${key}`,
    message: sentence(refusal.code, refusal.params ?? {}),
  }))
  return new Problem(400, 'fields.wrong', { fields: fields.map((f) => f.message).join(' ') }, { fields })
}

/** Which of the values differ, for an event: those in the open with their values, the encrypted ones as `changed`. */
export function changedValues(before: StoredValues, after: StoredValues) {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const key of new Set([...Object.keys(before.custom), ...Object.keys(after.custom)]))
    if (before.custom[key] !== after.custom[key]) {
      was[`field_${key}`] = before.custom[key] ?? null
      is[`field_${key}`] = after.custom[key] ?? null
    }
  for (const key of new Set([...Object.keys(before.sealed), ...Object.keys(after.sealed)]))
    if (before.sealed[key] !== after.sealed[key]) is[`field_${key}`] = 'changed'
  return { before: was, after: is }
}

/** Condition over a `custom` column, answered from its index (GIN, jsonb_path_ops): the filters `key:value` of an address. 400 for a field that cannot be asked for. */
export function havingValues(
  column: RawBuilder<unknown>,
  fields: readonly StoredField[],
  filters: readonly string[],
): RawBuilder<boolean> {
  // one question to the index for all fields; a second value of the same field is a question of its own
  const asked: Record<string, unknown>[] = [{}]
  for (const filter of filters) {
    const [, key, text] = /^([^:]*):(.*)$/s.exec(filter) ?? []
    const field = fields.find((f) => f.key === key && !f.encrypted)
    if (field === undefined) throw refusedValues(new Map([[key ?? '', { code: 'fields.unknown', params: { key } }]]))
    const value = normalValue(ruleOf(field), text)
    const refusal = whyNotValue({ ...ruleOf(field), required: true, pattern: null }, value)
    if (refusal !== null) throw refusedValues(new Map([[field.key, refusal]]))
    const free = asked.find((one) => !Object.hasOwn(one, field.key))
    if (free === undefined) asked.push({ [field.key]: value })
    else free[field.key] = value
  }
  return sql.join(
    asked.map((one) => sql`${column} @> ${JSON.stringify(one)}::jsonb`),
    sql` and `,
  ) as RawBuilder<boolean>
}
