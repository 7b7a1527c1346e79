import type { Input, Output } from '../../../contract/action.ts'
import { macroNames, type Macro, type macros } from '../../../contract/macros.ts'
import { may } from '../../../contract/permissions.ts'
import { mayNeedSkills } from '../../../contract/ticket-rules.ts'
import { plainText, sanitised, wrongName } from '../../notes/public.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { invalid, notFound, refuse, stale } from '../../platform/errors.ts'
import { changes } from '../../platform/events.ts'
import { isId, newId } from '../../platform/identifiers.ts'
import { shownRefusals } from '../../platform/refusals.ts'
import { effectWords } from '../effects/effect-words.ts'
import { namesOf } from '../effects/names-store.ts'
import { isFit } from '../rules/fit-value.ts'
import { whyNotKeepMacro } from '../rules/macros.ts'
import {
  deleteMacro,
  insertMacro,
  macroById,
  type MacroColumns,
  macroPage,
  saveMacro,
  type StoredMacro,
  teamExists,
} from './macros-store.ts'

const whoIs = (ctx: Ctx) => ({ person: ctx.actor.person, configures: may(ctx.actor.role, 'tickets.configure') })
const idsIn = (macro: Pick<MacroColumns, 'effects'>) => macro.effects.map(({ value }) => value).filter(isId)

export async function shownMacros(ctx: Ctx, rows: readonly StoredMacro[]): Promise<Macro[]> {
  const names = await namesOf(ctx.tx, ctx.actor.organisation, [...new Set(rows.flatMap(idsIn))])
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    keywords: row.keywords,
    scope: row.scope,
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? '' },
    public: row.public,
    body: row.body,
    effects: row.effects,
    does: row.effects.map((effect) => effectWords(effect, names)),
    names: Object.fromEntries(idsIn(row).flatMap((id) => (names[id] === undefined ? [] : [[id, names[id]]]))),
    used: row.used,
    lastUsedAt: row.last_used_at,
    refusals: shownRefusals({ edit: whyNotKeepMacro(row, whoIs(ctx)) }),
  }))
}

export async function macroOf(ctx: Ctx, id: string, lock = false): Promise<StoredMacro> {
  const found = await macroById(ctx.tx, ctx.actor, id, lock)
  if (found === undefined) throw notFound('macro')
  return found
}
const one = async (ctx: Ctx, id: string): Promise<Macro> => (await shownMacros(ctx, [await macroOf(ctx, id)]))[0]!

export async function listMacros(ctx: Ctx, input: Input<typeof macros.list>): Promise<Output<typeof macros.list>> {
  const { rows, next } = await macroPage(ctx.tx, ctx.actor, input, input.limit, input.after)
  return { items: await shownMacros(ctx, rows), next }
}

/** 400 for a name that is none, with its place in the text as it is read. */
export function demandNames(body: string): void {
  const text = plainText(body, body.length)
  const wrong = wrongName(text, macroNames) ?? wrongName(body, macroNames)
  if (wrong === null) return
  throw wrong.name === null
    ? invalid('body', 'macros.unclosed', { at: wrong.at })
    : invalid('body', 'macros.unknown-name', { name: wrong.name, at: wrong.at, known: macroNames.join(', ') })
}

async function demandSound(ctx: Ctx, macro: MacroColumns): Promise<void> {
  refuse(whyNotKeepMacro(macro, whoIs(ctx)))
  if (
    macro.scope === 'team' &&
    (macro.team_id === null || !(await teamExists(ctx.tx, ctx.actor.organisation, macro.team_id)))
  )
    throw invalid('team', 'macros.name-team')
  demandNames(macro.body)
  if (macro.body === '' && macro.effects.length === 0) throw invalid('body', 'macros.nothing')
  const names = await namesOf(ctx.tx, ctx.actor.organisation, idsIn(macro))
  macro.effects.forEach((effect, place) => {
    // a macro says what it says in its text
    if (effect.do === 'note' || effect.do === 'reply' || !isFit('macro', effect.do, effect.value, isId))
      throw invalid(`effects.${place}.value`, 'rules.value-unfit', { value: effect.value })
    if ((effect.skills ?? []).length > 0 && !mayNeedSkills('macro', effect))
      throw invalid(`effects.${place}.skills`, 'rules.skills-unfit')
    if (isId(effect.value) && names[effect.value] === undefined)
      throw invalid(`effects.${place}.value`, 'rules.names-nothing', { id: effect.value })
  })
}

const columnsOf = (ctx: Ctx, given: Input<typeof macros.create>, owner: string | null): MacroColumns => ({
  name: given.name,
  keywords: given.keywords,
  scope: given.scope,
  owner_id: given.scope === 'mine' ? (owner ?? ctx.actor.person) : null,
  team_id: given.scope === 'team' ? given.team : null,
  public: given.public,
  body: sanitised(given.body),
  effects: given.effects,
})

export async function createMacro(ctx: Ctx, input: Input<typeof macros.create>): Promise<Macro> {
  const columns = columnsOf(ctx, input, null)
  await demandSound(ctx, columns)
  const id = newId()
  await insertMacro(ctx.tx, { ...columns, id, organisation_id: ctx.actor.organisation })
  ctx.record({
    type: 'macro.created',
    subject: { kind: 'macro', id },
    after: { name: columns.name, scope: columns.scope, effects: columns.effects },
  })
  return one(ctx, id)
}

export async function editMacro(ctx: Ctx, input: Input<typeof macros.edit>): Promise<Macro> {
  const before = await macroOf(ctx, input.id, true)
  refuse(whyNotKeepMacro(before, whoIs(ctx)))
  if (input.version !== undefined && input.version !== before.version) throw stale(await one(ctx, input.id), input)
  const was = columnsOf(ctx, { ...before, team: before.team_id }, before.owner_id)
  const after = columnsOf(
    ctx,
    {
      name: input.name ?? was.name,
      keywords: input.keywords ?? was.keywords,
      scope: input.scope ?? was.scope,
      team: input.team === undefined ? was.team_id : input.team,
      public: input.public ?? was.public,
      body: input.body ?? was.body,
      effects: input.effects ?? was.effects,
    },
    before.owner_id,
  )
  const change = changes({ ...was }, { ...after })
  if (Object.keys(change.after).length === 0) ctx.unchanged()
  else {
    await demandSound(ctx, after)
    await saveMacro(ctx.tx, before.id, after)
    ctx.record({ type: 'macro.changed', subject: { kind: 'macro', id: before.id }, ...change })
  }
  return one(ctx, before.id)
}

export async function removeMacro(ctx: Ctx, input: { id: string }): Promise<Output<typeof macros.remove>> {
  const before = await macroOf(ctx, input.id, true)
  refuse(whyNotKeepMacro(before, whoIs(ctx)))
  await deleteMacro(ctx.tx, before.id)
  ctx.record({ type: 'macro.removed', subject: { kind: 'macro', id: before.id }, before: { name: before.name } })
  return { removed: true }
}
