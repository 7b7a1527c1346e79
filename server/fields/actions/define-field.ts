import type { Input, Output } from '../../../contract/action.ts'
import { type CustomField, type fields, recordKinds } from '../../../contract/fields.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/db.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { newId } from '../../platform/identifiers.ts'
import { whyNotDefine } from '../rules/field-definition.ts'
import {
  type FieldColumns,
  fieldsOf,
  forgetClaims,
  insertField,
  lockField,
  saveField,
  type StoredField,
} from '../store.ts'

/** Names of the sets (categories) of each kind of record, asked of the capability that owns them. */
export type SetsOf = Partial<
  Record<CustomField['kind'], (db: Db, organisation: string) => Promise<{ id: string; name: string }[]>>
>

const shownFields = async (ctx: Ctx, setsOf: SetsOf, rows: readonly StoredField[]): Promise<CustomField[]> => {
  const names = new Map<string, string>()
  for (const kind of new Set(rows.map((f) => f.record_kind)))
    for (const set of (await setsOf[kind]?.(ctx.tx, ctx.actor.organisation)) ?? []) names.set(set.id, set.name)
  return rows.map((f) => ({
    id: f.id,
    version: f.version,
    kind: f.record_kind,
    key: f.key,
    label: f.label,
    help: f.help,
    type: f.type,
    required: f.required,
    unique: f.is_unique,
    choices: f.choices,
    pattern: f.pattern,
    encrypted: f.encrypted,
    sets: f.sets.map((id) => ({ id, name: names.get(id) ?? '' })),
    position: f.position,
    active: f.active,
    refusals: {},
  }))
}

export const listFields =
  (setsOf: SetsOf) =>
  async (ctx: Ctx, input: Input<typeof fields.list>): Promise<Output<typeof fields.list>> => ({
    items: await shownFields(ctx, setsOf, await fieldsOf(ctx.tx, ctx.actor.organisation, input.kind)),
  })

export const listKinds =
  (setsOf: SetsOf) =>
  async (ctx: Ctx): Promise<Output<typeof fields.kinds>> => ({
    items: await Promise.all(
      recordKinds.map(async (kind) => ({ kind, sets: (await setsOf[kind]?.(ctx.tx, ctx.actor.organisation)) ?? [] })),
    ),
  })

async function demandSets(ctx: Ctx, setsOf: SetsOf, kind: CustomField['kind'], sets: readonly string[]): Promise<void> {
  if (sets.length === 0) return
  const known = new Set(((await setsOf[kind]?.(ctx.tx, ctx.actor.organisation)) ?? []).map((set) => set.id))
  if (sets.some((set) => !known.has(set))) throw invalid('sets', 'fields.set-unknown')
}

const one = async (ctx: Ctx, setsOf: SetsOf, id: string): Promise<CustomField> =>
  (
    await shownFields(
      ctx,
      setsOf,
      (await fieldsOf(ctx.tx, ctx.actor.organisation)).filter((f) => f.id === id),
    )
  )[0]!

const ruleOf = (f: FieldColumns & Pick<StoredField, 'type' | 'encrypted'>) => ({ ...f, unique: f.is_unique })

/** Defines a field. Records that are there have it from then on, without a value. */
export const defineField =
  (setsOf: SetsOf) =>
  async (ctx: Ctx, input: Input<typeof fields.define>): Promise<Output<typeof fields.define>> => {
    const all = await fieldsOf(ctx.tx, ctx.actor.organisation, input.kind)
    if (all.some((f) => f.key === input.key)) throw invalid('key', 'fields.key-taken', { key: input.key })
    const field: Omit<StoredField, 'version'> = {
      id: newId(),
      record_kind: input.kind,
      key: input.key,
      label: input.label,
      help: input.help ?? '',
      type: input.type,
      required: input.required ?? false,
      is_unique: input.unique ?? false,
      choices: input.choices ?? [],
      pattern: input.pattern === '' ? null : (input.pattern ?? null),
      encrypted: input.encrypted,
      sets: input.sets ?? [],
      position: input.position ?? all.reduce((most, f) => Math.max(most, f.position), 0) + 10,
      active: input.active ?? true,
    }
    refuse(whyNotDefine(ruleOf(field)))
    await demandSets(ctx, setsOf, input.kind, field.sets)
    await insertField(ctx.tx, ctx.actor.organisation, field)
    const { id, ...after } = field
    ctx.record({ type: 'field.defined', subject: { kind: 'field', id }, after })
    return one(ctx, setsOf, id)
  }

/** Changes a field. Uniqueness can only be asked for while no record has a value. */
export const editField =
  (
    setsOf: SetsOf,
    isUsed: (db: Db, kind: CustomField['kind'], organisation: string, key: string) => Promise<boolean>,
  ) =>
  async (ctx: Ctx, input: Input<typeof fields.edit>): Promise<Output<typeof fields.edit>> => {
    await lockField(ctx.tx, input.id)
    const before = (await fieldsOf(ctx.tx, ctx.actor.organisation)).find((f) => f.id === input.id)
    if (before === undefined) throw notFound('field')
    if (input.version !== undefined && input.version !== before.version)
      throw stale(await one(ctx, setsOf, input.id), input)
    const after: StoredField = {
      ...before,
      label: input.label ?? before.label,
      help: input.help ?? before.help,
      required: input.required ?? before.required,
      is_unique: input.unique ?? before.is_unique,
      choices: input.choices ?? before.choices,
      pattern: input.pattern === undefined ? before.pattern : input.pattern === '' ? null : input.pattern,
      sets: input.sets ?? before.sets,
      position: input.position ?? before.position,
      active: input.active ?? before.active,
    }
    // a pattern that was kept under an older rule is judged once it is touched
    refuse(whyNotDefine({ ...ruleOf(after), pattern: after.pattern === before.pattern ? null : after.pattern }))
    if (
      after.is_unique &&
      !before.is_unique &&
      (await isUsed(ctx.tx, before.record_kind, ctx.actor.organisation, before.key))
    )
      refuse({ code: 'fields.unique-later', params: { label: before.label } })
    await demandSets(ctx, setsOf, before.record_kind, after.sets)
    const change = changes(before, after)
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      // no record has a value: what is claimed was claimed before it ceased to be unique
      if (after.is_unique && !before.is_unique) await forgetClaims(ctx.tx, before.id)
      await saveField(ctx.tx, before.id, after)
      ctx.record({ type: 'field.changed', subject: { kind: 'field', id: before.id }, ...change })
    }
    return one(ctx, setsOf, before.id)
  }
