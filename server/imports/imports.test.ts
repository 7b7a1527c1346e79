import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Action, Sent } from '../../contract/action.ts'
import { imports } from '../../contract/imports.ts'
import { startTestServer, type TestServer, type TestPerson } from '../../test/support/server.ts'
import { openContents } from '../files/public.ts'
import type { Actor, Ctx } from '../platform/ctx.ts'
import type { ImportSource, PlannedSubject } from '../platform/imports/source.ts'
import { runCommand, runQuery } from '../platform/platform.ts'
import { importJobs, importRoutes, importSubject, resultFile } from './public.ts'

/** A source that knows nothing of IT: colours by name, none of which is ever written. */
const colours: ImportSource = {
  source: 'colours',
  title: 'Colours',
  description: 'Names and colours',
  fields: [
    { field: 'name', title: 'Name', required: true, aliases: ['called'] },
    { field: 'colour', title: 'Colour', required: true, aliases: ['color'] },
  ],
  keyField: 'name',
  options: [],
  states: ['bright'],
  begin: () => ({
    plan: async (_db, subjects) =>
      subjects.map(({ key, rows }): PlannedSubject => ({
        key,
        verdict: 'created',
        warnings: [],
        tally: { colours: rows[0]!.cells['colour']! },
        plan: null,
        rows: rows.map(({ row }) => ({ row, key, verdict: 'created' as const, messages: [] })),
      })),
    write: async () => {},
    report: async () => [],
  }),
}

let server: TestServer
let coordinator: TestPerson
let actor: Actor
beforeAll(async () => {
  server = await startTestServer()
  coordinator = await server.person({ name: 'Cora', role: 'coordinator' })
  actor = await server.actor(coordinator)
  server.opened.platform.subjects.register(importSubject)
})
afterAll(() => server.stop())

const contents = () => openContents(server.opened.platform.config)
async function ask<A extends Action>(action: A, input: Sent<A>, by = actor): Promise<Answer<A>> {
  const route = importRoutes([colours], server.opened.platform.subjects, contents()).find((r) => r.action === action)!
  const handle = route.handle as (ctx: Ctx, input: unknown) => Promise<unknown>
  const parsed = action.input.parse(input)
  const { platform } = server.opened
  const answer =
    action.kind === 'query'
      ? await runQuery(platform, by, (ctx) => handle(ctx, parsed))
      : await runCommand(platform, by, (ctx) => handle(ctx, parsed), { name: action.name })
  return action.output.parse(answer) as Answer<A>
}
async function upload(text: string): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([text], { type: 'text/csv' }), 'colours.csv')
  const answer = await fetch(`${server.base}/api/v1/files`, {
    method: 'POST',
    body: form,
    headers: { cookie: `${coordinator.cookie.name}=${coordinator.cookie.value}` },
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { id: string }).id
}
const work = (id: string, signal = new AbortController().signal) =>
  importJobs(server.opened.platform, [colours], contents())[0]!.run({ import: id }, signal)

describe('an import over the contract', () => {
  test('sources tell their fields', async () => {
    const { items } = await ask(imports.sources, {})
    expect(items).toMatchObject([
      { source: 'colours', fields: [{ field: 'name', required: true }, { field: 'colour' }], states: ['bright'] },
    ])
  })

  test('starts, works, shows its progress, its rows and its findings', async () => {
    const started = await ask(imports.start, {
      source: 'colours',
      file: await upload('Called,Color\nAda,red\nBo,=2+2\nCy\n'),
    })
    expect(started).toMatchObject({ status: 'waiting', phase: 'Waiting for its turn', refusals: { cancel: null } })
    await work(started.id)
    const shown = await ask(imports.show, { id: started.id })
    expect(shown).toMatchObject({
      status: 'done',
      progress: 1,
      fileName: 'colours.csv',
      by: 'Cora',
      counts: { rows: 3, created: 2, rejected: 1 },
      sniffed: { encoding: 'utf-8', delimiter: ',' },
    })
    expect(shown.report[0]!.rows).toEqual([
      ['=2+2', '1'],
      ['red', '1'],
    ])
    const rows = await ask(imports.rows, { id: started.id, limit: 2 })
    expect(rows.items.map((r) => [r.row, r.verdict])).toEqual([
      [2, 'created'],
      [3, 'created'],
    ])
    const rest = await ask(imports.rows, { id: started.id, limit: 2, after: rows.next!, count: 'exact' })
    expect(rest).toMatchObject({
      items: [{ row: 4, verdict: 'rejected', messages: ['The row has 1 cell, the headers have 2.'] }],
      next: null,
      total: 3,
    })
    expect((await ask(imports.list, {})).items.map((i) => i.id)).toContain(started.id)
    const lines: string[] = []
    for await (const piece of resultFile(server.db, started.id, 'UTC')) lines.push(piece)
    expect(lines.join('')).toBe(
      'row,key,verdict,messages\r\n2,Ada,created,\r\n3,Bo,created,\r\n4,,rejected,"The row has 1 cell, the headers have 2."\r\n',
    )
  })

  test('ends at its next safe point where its node is stopped, and is gone on with by a job', async () => {
    const lines = Array.from({ length: 900 }, (_, i) => `Stopped ${i},red`)
    const { id } = await ask(imports.start, {
      source: 'colours',
      file: await upload(`name,colour\n${lines.join('\n')}\n`),
    })
    const stopping = new AbortController()
    // the node is stopped once the first portion is committed
    const watch = setInterval(() => {
      void server.db
        .selectFrom('imports')
        .select('subjects_done')
        .where('id', '=', id)
        .executeTakeFirst()
        .then((row) => (row?.['subjects_done'] ?? 0) > 0 && stopping.abort())
    }, 1)
    await work(id, stopping.signal)
    clearInterval(watch)
    const left = await ask(imports.show, { id })
    if (left.status !== 'done') expect(left).toMatchObject({ status: 'running' })
    stopping.abort()
    const again = await ask(imports.start, { source: 'colours', file: await upload('name,colour\nNever,blue\n') })
    await work(again.id, stopping.signal)
    expect(await ask(imports.show, { id: again.id })).toMatchObject({ status: 'running', counts: { created: 0 } })
    const { rows } = await server.database.pool.query(
      `select 1 from graphile_worker.jobs where key = $1 and task_identifier = 'import'`,
      [`import:${again.id}`],
    )
    expect(rows).toHaveLength(1)
    for (const one of [id, again.id]) {
      await work(one)
      expect(await ask(imports.show, { id: one })).toMatchObject({ status: 'done', counts: { rejected: 0 } })
    }
    expect((await ask(imports.show, { id })).counts.created).toBe(900)
  })

  test('a mapping is used and remembered for files with the same headers', async () => {
    const first = await ask(imports.start, {
      source: 'colours',
      file: await upload('who,shade\nAda,red\n'),
      mapping: { who: 'name', shade: 'colour' },
    })
    await work(first.id)
    const second = await ask(imports.start, { source: 'colours', file: await upload('who,shade\nBo,blue\n') })
    await work(second.id)
    for (const { id } of [first, second])
      expect(await ask(imports.show, { id })).toMatchObject({ status: 'done', counts: { created: 1 } })
  })

  test('cancelled before it began it does nothing, resumed it does', async () => {
    const { id } = await ask(imports.start, { source: 'colours', file: await upload('name,colour\nAda,red\n') })
    expect(await ask(imports.cancel, { id })).toMatchObject({ status: 'cancelled', refusals: { resume: null } })
    await work(id)
    expect(await ask(imports.show, { id })).toMatchObject({ status: 'cancelled', counts: { created: 0 } })
    await expect(ask(imports.cancel, { id })).rejects.toMatchObject({ code: 'imports.not-running' })
    expect(await ask(imports.resume, { id })).toMatchObject({ status: 'waiting' })
    await work(id)
    expect(await ask(imports.show, { id })).toMatchObject({ status: 'done', counts: { created: 1 } })
    await expect(ask(imports.resume, { id })).rejects.toMatchObject({ code: 'imports.done-already' })
  })

  test('what makes no sense is refused', async () => {
    const file = await upload('name,colour\nAda,red\n')
    await expect(ask(imports.start, { source: 'flowers', file })).rejects.toMatchObject({ code: 'imports.no-source' })
    await expect(ask(imports.start, { source: 'colours', file, zone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'imports.zone-unknown',
    })
    await expect(ask(imports.start, { source: 'colours', file, asOf: 'yesterday' })).rejects.toMatchObject({
      code: 'imports.as-of-unreadable',
    })
    await expect(ask(imports.start, { source: 'colours', file, shift: true })).rejects.toMatchObject({
      code: 'imports.shift-needs-as-of',
    })
    const other = await server.actor(await server.person({ name: 'Otto', role: 'coordinator' }))
    await expect(ask(imports.start, { source: 'colours', file }, other)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a file that is no table fails in words', async () => {
    const { id } = await ask(imports.start, { source: 'colours', file: await upload('nothing here') })
    await work(id)
    expect(await ask(imports.show, { id })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('No column was found for name, colour') as string,
    })
  })
})

describe('before an import', () => {
  test('the columns of a file are shown with what they fill and hold', async () => {
    const file = await upload('Called,Shade,\nAda,red,1\nBo,red,\n')
    expect(await ask(imports.preview, { source: 'colours', file })).toMatchObject({
      encoding: 'utf-8',
      sheets: [],
      columns: [
        { column: 1, letter: 'A', header: 'Called', field: 'name', samples: ['Ada', 'Bo'] },
        { letter: 'B', header: 'Shade', field: null, samples: ['red'] },
        { letter: 'C', header: '', field: null, samples: ['1'] },
      ],
      missing: ['colour'],
      problems: [
        'Column B (2), Shade, means nothing to this import and was left out.',
        'Column C (3) has no header and was left out.',
      ],
      dateOrder: null,
    })
    await expect(ask(imports.preview, { source: 'flowers', file })).rejects.toMatchObject({ code: 'imports.no-source' })
    const empty = await upload('')
    await expect(ask(imports.preview, { source: 'colours', file: empty })).rejects.toMatchObject({
      code: 'imports.file-empty',
    })
  })

  test('a mapping is saved by name, replaced under the same name, and forgotten', async () => {
    const given = { source: 'colours', name: 'Paint shop', mapping: { Shade: 'colour' } }
    const saved = await ask(imports.saveMapping, given)
    const again = await ask(imports.saveMapping, { ...given, name: 'paint shop', mapping: { Hue: 'colour' } })
    expect(again.id).toBe(saved.id)
    expect((await ask(imports.mappings, { source: 'colours' })).items).toMatchObject([
      { id: saved.id, name: 'paint shop', mapping: { Hue: 'colour' }, by: 'Cora' },
    ])
    await ask(imports.forgetMapping, { id: saved.id })
    await expect(ask(imports.forgetMapping, { id: saved.id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask(imports.saveMapping, { ...given, source: 'flowers' })).rejects.toMatchObject({
      code: 'imports.no-source',
    })
  })

  test('what was tried is carried out with the same mapping; what was not tried is not', async () => {
    const tried = await ask(imports.start, {
      source: 'colours',
      file: await upload('Called,Shade\nAda,red\n'),
      mapping: { Shade: 'colour' },
      dryRun: true,
    })
    await expect(ask(imports.carryOut, { id: tried.id })).rejects.toMatchObject({ code: 'imports.trial-not-done' })
    await work(tried.id)
    const real = await ask(imports.carryOut, { id: tried.id })
    await work(real.id)
    expect(await ask(imports.show, { id: real.id })).toMatchObject({
      dryRun: false,
      status: 'done',
      counts: { created: 1 },
    })
    await expect(ask(imports.carryOut, { id: real.id })).rejects.toMatchObject({ code: 'imports.not-tried' })
  })

  test('a mapping onto a field that there is not fails in words', async () => {
    const { id } = await ask(imports.start, {
      source: 'colours',
      file: await upload('name,colour\nAda,red\n'),
      mapping: { colour: 'hue' },
    })
    await work(id)
    expect(await ask(imports.show, { id })).toMatchObject({
      status: 'failed',
      error: 'The mapping says that colour fills hue, and there is no such field. There are: name, colour.',
    })
  })
})
