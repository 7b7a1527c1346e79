import { z } from 'zod'
import { basedOn, command, id, line, query, ref, refusals } from './action.ts'

/** What a value of a custom field is. */
export const fieldTypes = ['text', 'long_text', 'number', 'date', 'boolean', 'choice', 'url', 'person'] as const
export const fieldType = z.enum(fieldTypes)
export type FieldType = z.output<typeof fieldType>

/** Kinds of records that can have custom fields. */
export const recordKinds = ['asset'] as const
export const recordKind = z.enum(recordKinds)
export type RecordKind = z.output<typeof recordKind>

/** Stable name of a field within its kind of record, used in filters, imports and the API. */
export const fieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be lower case letters, digits and underscores')

export const customField = z.object({
  id,
  version: z.int(),
  kind: recordKind,
  key: fieldKey,
  label: z.string(),
  help: z.string(),
  type: fieldType,
  required: z.boolean(),
  /** No two records of the kind may have the same value. */
  unique: z.boolean(),
  choices: z.array(z.string()),
  /** Regular expression that the whole text must match. */
  pattern: z.string().nullable(),
  /** Kept encrypted; shown one at a time to those who may, never in lists, search or exports. */
  encrypted: z.boolean(),
  /** The categories whose records have it; empty: all records of the kind. */
  sets: z.array(ref),
  position: z.int(),
  active: z.boolean(),
  refusals,
})
export type CustomField = z.output<typeof customField>

/** A value as it is sent; null takes it away. */
export const fieldGiven = z.union([z.string().max(20_000), z.number(), z.boolean()]).nullable()
/** Values of custom fields by key; what is not named stays. */
export const valuesGiven = z.record(fieldKey, fieldGiven)
export type ValuesGiven = z.output<typeof valuesGiven>

/** A custom field of one record with its value. */
export const fieldShown = z.object({
  key: fieldKey,
  label: z.string(),
  help: z.string(),
  type: fieldType,
  required: z.boolean(),
  choices: z.array(z.string()),
  /** Null where there is none, and always where it is encrypted. */
  value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  /** As a person reads it: the name of a person rather than the id. */
  text: z.string().nullable(),
  encrypted: z.boolean(),
  /** There is a value; of an encrypted field that is all one learns here. */
  given: z.boolean(),
})
export type FieldShown = z.output<typeof fieldShown>

/** Filters over custom fields, each `key:value`; a comma parts them only where another key follows. */
export const fieldFilters = z.preprocess(
  (value) =>
    typeof value === 'string' ? value.split(/,(?=[a-z][a-z0-9_]{0,59}:)/).filter((part) => part !== '') : value,
  z.array(z.string().regex(/^[a-z][a-z0-9_]{0,59}:.*$/, 'must be key:value')).max(10),
)

const given = {
  label: line(80),
  help: z.string().trim().max(300),
  required: z.boolean(),
  unique: z.boolean(),
  choices: z.array(line(120)).max(200),
  pattern: z.string().max(200).nullable(),
  sets: z.array(id).max(200),
  position: z.int().min(0).max(10_000),
  active: z.boolean(),
}

export const fields = {
  list: query({
    name: 'fields.list',
    path: '/fields',
    permission: 'assets.read',
    summary: 'Custom fields of a kind of record, in their order.',
    input: z.object({ kind: recordKind.optional() }),
    output: z.object({ items: z.array(customField) }),
  }),
  kinds: query({
    name: 'fields.kinds',
    path: '/fields/kinds',
    permission: 'assets.read',
    summary: 'Kinds of records that can have custom fields, with the categories a field can be limited to.',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ kind: recordKind, sets: z.array(ref) })) }),
  }),
  define: command({
    name: 'fields.define',
    method: 'POST',
    path: '/fields',
    permission: 'assets.configure',
    summary: 'Define a custom field. Key, type and encryption stay as they are from then on.',
    input: z
      .object(given)
      .partial()
      .extend({
        kind: recordKind,
        key: fieldKey,
        label: given.label,
        type: fieldType,
        encrypted: z.boolean().default(false),
      }),
    output: customField,
  }),
  edit: command({
    name: 'fields.edit',
    method: 'PATCH',
    path: '/fields/{id}',
    permission: 'assets.configure',
    summary: 'Change a custom field. Values that are there stay; what is written from now on must fit.',
    input: z.object(given).partial().extend({ id, version: basedOn }),
    output: customField,
  }),
}
