import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostViews, savedViews } from '../../contract/saved-views.ts'
import { tickets } from '../../contract/tickets.ts'
import { codeOf, placeOf } from '../../test/support/refusals.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'

let server: TestServer
let cora: TestPerson
let tess: TestPerson
let tom: TestPerson
let otto: TestPerson
let rita: TestPerson
let field: string

beforeAll(async () => {
  server = await startTestServer()
  await server.queue('Desk', ['Desk team'])
  await server.queue('Field', ['Field team'])
  field = await server.team('Field team')
  cora = await server.person({ name: 'Cora', role: 'coordinator' })
  tess = await server.person({ name: 'Tess', role: 'technician', teams: ['Field team'] })
  tom = await server.person({ name: 'Tom', role: 'technician', teams: ['Field team'] })
  otto = await server.person({ name: 'Otto', role: 'technician', teams: ['Desk team'] })
  rita = await server.person({ name: 'Rita', role: 'requester' })
})
afterAll(async () => await server.stop())

let made = 0
const save = (who: TestPerson, more: object = {}) =>
  who.client(savedViews.save, {
    list: 'tickets',
    name: `View ${made++}`,
    filter: { open: 'true', sort: 'due' },
    ...more,
  })
const seen = async (who: TestPerson, id: string) =>
  (await who.client(savedViews.list, {})).items.some((view) => view.id === id)

describe('a saved view', () => {
  it('keeps filters, sort and columns, and asks the list what they say', async () => {
    const view = await save(tess, {
      name: ' Late for me ',
      filter: { open: 'true', late: 'true', assignee: 'me', state: 'new,in_progress', sort: 'due' },
      columns: 'reference,title,due',
    })
    expect(view).toMatchObject({ name: 'Late for me', mine: true, shared: 'nobody', team: null, problem: null })
    const kept = (await tess.client(savedViews.list, {})).items.find((one) => one.id === view.id)!
    expect(kept).toEqual(view)
    await tess.client(tickets.list, kept.filter)
  })

  it.each([
    [
      'a filter that the list does not have',
      { filter: { colour: 'red' } },
      'saved-views.not-understood',
      'filter.colour',
    ],
    ['a value that it does not take', { filter: { state: 'asleep' } }, 'saved-views.not-understood', 'filter.state'],
    ['a sort that it does not have', { filter: { sort: 'mood' } }, 'saved-views.not-understood', 'filter.sort'],
    ['a page', { filter: { after: 'x' } }, 'saved-views.not-understood', 'filter.after'],
    ['a field of every object', { filter: { constructor: 'x' } }, 'saved-views.not-understood', 'filter.constructor'],
    ['columns that are none', { columns: 'a, b' }, 'invalid', 'columns'],
    ['a name of nothing', { name: '  ' }, 'invalid', 'name'],
  ])('refuses %s', async (_, more, code, place) => {
    const asked = save(tess, more)
    expect(await codeOf(asked)).toBe(code)
    expect(await placeOf(asked)).toBe(place)
  })

  it('is shown to those it is shared with, and each reads the list with their own eyes', async () => {
    const own = await save(tess)
    const team = await save(tess, { shared: 'team', team: field })
    const all = await save(tess, { shared: 'everyone', filter: { q: 'Seagull' } })
    expect([await seen(tom, own.id), await seen(tom, team.id), await seen(tom, all.id)]).toEqual([false, true, true])
    expect([await seen(otto, team.id), await seen(otto, all.id)]).toEqual([false, true])
    expect([await seen(rita, all.id), await seen(cora, own.id)]).toEqual([false, false])
    await tess.client(tickets.open, { title: 'Seagull on the mast', queue: 'Field' })
    expect((await tom.client(tickets.list, all.filter as never)).items).toHaveLength(1)
    expect((await otto.client(tickets.list, all.filter as never)).items).toHaveLength(0)
  })

  it('is shared with teams one belongs to, by those who work in IT', async () => {
    expect(await codeOf(save(otto, { shared: 'team', team: field }))).toBe('saved-views.not-your-team')
    expect(await codeOf(save(otto, { shared: 'team' }))).toBe('saved-views.team-needed')
    expect(await codeOf(save(rita, { shared: 'everyone' }))).toBe('saved-views.share-staff-only')
    await save(cora, { shared: 'team', team: field })
    expect(await codeOf(save(cora, { shared: 'team', team: cora.id }))).toBe('saved-views.no-team')
    // what is not shared with a team keeps none
    expect((await save(tess, { shared: 'everyone', team: field })).team).toBeNull()
  })

  it('is changed by its owner, shared ones also by those who look after people; versions hold', async () => {
    const view = await save(tess, { shared: 'team', team: field })
    const edit = (who: TestPerson, more: object) => who.client(savedViews.edit, { id: view.id, ...more })
    expect(await codeOf(edit(tom, { name: 'Mine now' }))).toBe('saved-views.not-yours')
    expect(await codeOf(edit(otto, { name: 'Mine now' }))).toBe('not-found')
    const renamed = await edit(tess, { name: 'Renamed', version: view.version, filter: { assignee: 'none' } })
    expect(renamed).toMatchObject({ name: 'Renamed', version: 2, filter: { assignee: 'none' }, shared: 'team' })
    expect(await codeOf(edit(tess, { name: 'Again', version: 1 }))).toBe('stale')
    expect(await codeOf(edit(tess, { filter: { colour: 'red' } }))).toBe('saved-views.not-understood')
    expect((await edit(tess, { name: 'Renamed' })).version).toBe(2)
    await edit(tess, { shared: 'everyone' })
    expect((await edit(cora, { shared: 'nobody' })).shared).toBe('nobody')
    expect([await seen(cora, view.id), await seen(tess, view.id)]).toEqual([false, true])
  })

  it('has a name of its own among those of its owner', async () => {
    const view = await save(tess, { name: 'Twice' })
    expect(await codeOf(save(tess, { name: 'TWICE' }))).toBe('saved-views.name-taken')
    await save(tom, { name: 'Twice' })
    await tess.client(savedViews.edit, { id: view.id, name: 'tWICE' })
  })

  it('goes for everybody when it is removed', async () => {
    const view = await save(tess, { shared: 'everyone' })
    expect(await codeOf(otto.client(savedViews.remove, { id: view.id }))).toBe('saved-views.not-yours')
    expect(await codeOf(rita.client(savedViews.remove, { id: view.id }))).toBe('not-found')
    await tess.client(savedViews.remove, { id: view.id })
    expect(await seen(otto, view.id)).toBe(false)
  })

  it('says so where the list no longer knows its filter', async () => {
    const view = await save(tess)
    await sql`update saved_views set filter = '{"gone": "x"}' where id = ${view.id}`.execute(server.db)
    const kept = (await tess.client(savedViews.list, {})).items.find((one) => one.id === view.id)!
    expect(kept.problem).toBe('The list knows no filter “gone”.')
  })
})

describe('the tabs', () => {
  it('stand as each reader put them', async () => {
    const view = await save(tess)
    const arrangement = { tabs: ['late', view.id, 'mine', 'late'], opensWith: view.id }
    await tess.client(savedViews.arrange, { list: 'tickets', ...arrangement })
    expect((await tess.client(savedViews.list, {})).arrangement).toEqual({
      tabs: ['late', view.id, 'mine'],
      opensWith: view.id,
    })
    expect((await tom.client(savedViews.list, {})).arrangement).toEqual({ tabs: [], opensWith: null })
  })

  it('are of persons: a key has none', async () => {
    const { client } = await server.key('coordinator')
    expect((await client(savedViews.list, {})).arrangement.tabs).toEqual([])
    const given = { list: 'tickets' as const, name: 'Of a key', filter: {} }
    expect(await codeOf(client(savedViews.save, given))).toBe('saved-views.persons-only')
    expect(await codeOf(client(savedViews.arrange, { list: 'tickets', tabs: [], opensWith: null }))).toBe(
      'saved-views.persons-only',
    )
  })

  it('are not endless, also where two are saved at once', async () => {
    const { n } = (
      await sql<{ n: number }>`select count(*) as n from saved_views where owner_id = ${tom.id}`.execute(server.db)
    ).rows[0]!
    for (let i = n; i < mostViews - 1; i++) await save(tom)
    const both = await Promise.allSettled([save(tom), save(tom)])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await codeOf(save(tom))).toBe('saved-views.too-many')
  })
})
