import type { Input, Output } from '../../contract/action.ts'
import { mostViews, type SavedView, type savedViews, type ViewedList } from '../../contract/saved-views.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { invalid, notFound, Problem, refuse, stale } from '../platform/errors.ts'
import { changes } from '../platform/events.ts'
import { newId } from '../platform/identifiers.ts'
import { shownRefusals } from '../platform/refusals.ts'
import { whyNotChange, whyNotKeep, whyNotShare } from './rules/whose-view.ts'
import {
  arrangementOf,
  deleteView,
  holdOwn,
  insertView,
  isNameTaken,
  isTeam,
  saveArrangement,
  saveView,
  type StoredView,
  type ViewColumns,
  viewById,
  viewsOf,
} from './views-store.ts'
import { type WhatListsAsk, whyNotUnderstood } from './what-lists-ask.ts'

const shown = (ctx: Ctx, lists: WhatListsAsk, view: StoredView): SavedView => {
  const problem = whyNotUnderstood(lists, view.list, view.filter)
  const refusal = whyNotChange(ctx.actor, view)
  return {
    id: view.id,
    version: view.version,
    list: view.list,
    name: view.name,
    filter: view.filter,
    columns: view.columns,
    owner: { id: view.owner_id, name: view.owner_name },
    mine: view.owner_id === ctx.actor.person,
    shared: view.shared,
    team: view.team_id === null ? null : { id: view.team_id, name: view.team_name ?? '' },
    problem: problem === null ? null : sentence('saved-views.not-understood', problem),
    refusals: shownRefusals({ edit: refusal, remove: refusal }),
  }
}

async function held(ctx: Ctx, id: string): Promise<StoredView> {
  const found = await viewById(ctx.tx, ctx.actor, id, true)
  if (found === undefined) throw notFound('view')
  return found
}

/** 400 for a filter that the list does not know, a team that is none, a name that the owner gave to another; 409 for sharing that is not the actor's. */
async function demandSound(
  ctx: Ctx,
  lists: WhatListsAsk,
  of: { id: string | null; list: ViewedList; owner: string; before: ViewColumns | null },
  view: ViewColumns,
): Promise<void> {
  const unknown = whyNotUnderstood(lists, of.list, view.filter)
  if (unknown !== null) throw invalid(`filter.${unknown.field}`, 'saved-views.not-understood', unknown)
  if (of.before?.shared !== view.shared || of.before.team_id !== view.team_id)
    refuse(whyNotShare(ctx.actor, view.shared, view.team_id))
  if (view.team_id !== null && !(await isTeam(ctx.tx, ctx.actor.organisation, view.team_id)))
    throw invalid('team', 'saved-views.no-team')
  const { id: except, list, owner } = of
  if (await isNameTaken(ctx.tx, { owner, list, name: view.name, except }))
    throw invalid('name', 'saved-views.name-taken', { name: view.name })
}

/** A team is kept with a view only while it is shared with that team. */
const withTeam = (view: ViewColumns): ViewColumns => (view.shared === 'team' ? view : { ...view, team_id: null })

export const savedViewActs = (lists: WhatListsAsk) => ({
  async list(ctx: Ctx, { list }: Input<typeof savedViews.list>): Promise<Output<typeof savedViews.list>> {
    const views = await viewsOf(ctx.tx, ctx.actor, list)
    const { tabs, opens_with: opensWith } = await arrangementOf(ctx.tx, ctx.actor.person, list)
    return { items: views.map((view) => shown(ctx, lists, view)), arrangement: { tabs, opensWith } }
  },

  async save(ctx: Ctx, input: Input<typeof savedViews.save>): Promise<SavedView> {
    refuse(whyNotKeep(ctx.actor))
    const owner = ctx.actor.person!
    const { name, filter, columns, shared, list } = input
    const view = withTeam({ name, filter, columns, shared, team_id: input.team })
    if ((await holdOwn(ctx.tx, owner, list)) >= mostViews)
      throw new Problem(409, 'saved-views.too-many', { most: mostViews })
    await demandSound(ctx, lists, { id: null, list, owner, before: null }, view)
    const id = newId()
    await insertView(ctx.tx, { ...view, id, organisation: ctx.actor.organisation, owner, list })
    ctx.record({ type: 'saved-view.saved', subject: { kind: 'saved-view', id }, after: { list, ...view } })
    return shown(ctx, lists, (await viewById(ctx.tx, ctx.actor, id))!)
  },

  async edit(ctx: Ctx, input: Input<typeof savedViews.edit>): Promise<SavedView> {
    const before = await held(ctx, input.id)
    if (whyNotChange(ctx.actor, before) !== null) throw new Problem(403, 'saved-views.not-yours')
    if (input.version !== undefined && input.version !== before.version) throw stale(shown(ctx, lists, before), input)
    const was: ViewColumns = {
      name: before.name,
      filter: before.filter,
      columns: before.columns,
      shared: before.shared,
      team_id: before.team_id,
    }
    const after = withTeam({
      name: input.name ?? was.name,
      filter: input.filter ?? was.filter,
      columns: input.columns === undefined ? was.columns : input.columns,
      shared: input.shared ?? was.shared,
      team_id: input.team === undefined ? was.team_id : input.team,
    })
    const change = changes(was, after)
    if (Object.keys(change.after).length === 0) {
      ctx.unchanged()
      return shown(ctx, lists, before)
    }
    await holdOwn(ctx.tx, before.owner_id, before.list)
    await demandSound(ctx, lists, { id: before.id, list: before.list, owner: before.owner_id, before: was }, after)
    await saveView(ctx.tx, before.id, after)
    ctx.record({ type: 'saved-view.changed', subject: { kind: 'saved-view', id: before.id }, ...change })
    // whoever takes a shared view of somebody else back does not see it any more
    const now = { ...before, ...after, version: before.version + 1 }
    return shown(ctx, lists, (await viewById(ctx.tx, ctx.actor, before.id)) ?? now)
  },

  async remove(ctx: Ctx, { id }: Input<typeof savedViews.remove>): Promise<Output<typeof savedViews.remove>> {
    const before = await held(ctx, id)
    if (whyNotChange(ctx.actor, before) !== null) throw new Problem(403, 'saved-views.not-yours')
    await deleteView(ctx.tx, id)
    const { list, name, filter, shared } = before
    ctx.record({
      type: 'saved-view.removed',
      subject: { kind: 'saved-view', id },
      before: { list, name, filter, shared },
    })
    return { removed: true }
  },

  async arrange(ctx: Ctx, input: Input<typeof savedViews.arrange>): Promise<Output<typeof savedViews.arrange>> {
    refuse(whyNotKeep(ctx.actor))
    const person = ctx.actor.person!
    const was = await arrangementOf(ctx.tx, person, input.list)
    const after = { tabs: [...new Set(input.tabs)], opens_with: input.opensWith }
    const change = changes({ ...was }, after)
    if (Object.keys(change.after).length === 0) ctx.unchanged()
    else {
      await saveArrangement(ctx.tx, person, input.list, after)
      ctx.record({ type: 'saved-view.arranged', subject: { kind: 'person', id: person }, after: { list: input.list } })
    }
    return { tabs: after.tabs, opensWith: after.opens_with }
  },
})
