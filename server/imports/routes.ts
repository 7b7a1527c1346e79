import { imports } from '../../contract/imports.ts'
import { attachFiles, type FileContents, visibleFile } from '../files/public.ts'
import { sentence } from '../platform/catalogue.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound, refuse } from '../platform/errors.ts'
import { moveImport } from '../platform/imports/imports-store.ts'
import { fieldsOf } from '../platform/imports/fields-of.ts'
import type { ImportSource } from '../platform/imports/source.ts'
import { type Route, serve } from '../platform/mount.ts'
import { tellNodes } from '../platform/outbox.ts'
import type { Subjects } from '../platform/subjects.ts'
import { importOf, importPage, verdictPage } from './imports-list.ts'
import { importTask } from './job.ts'
import { mappingRoutes, sourceNamed } from './mappings.ts'
import { previewFile, shownFields } from './preview.ts'
import { requestImport } from './request-import.ts'
import { whyNotCancel, whyNotCarryOut, whyNotResume } from './rules/import-states.ts'
import { said, shownImport } from './shown-import.ts'

/** What can be imported is handed in: the sources of the capabilities below. */
export const importRoutes = (sources: readonly ImportSource[], subjects: Subjects, contents: FileContents): Route[] => [
  serve(imports.sources, async (ctx) => ({
    items: await Promise.all(
      sources.map(async (s) => ({
        source: s.source,
        title: sentence(s.title),
        description: sentence(s.description),
        fields: shownFields(await fieldsOf(ctx.tx, s, ctx.actor.organisation)),
        options: [...s.options],
        states: [...(s.states ?? [])],
      })),
    ),
  })),
  ...mappingRoutes(sources),
  serve(imports.preview, async (ctx, input) => {
    const source = sourceNamed(sources, input.source)
    const file = await visibleFile(ctx.tx, ctx.actor, subjects, input.file)
    if (file === undefined) throw notFound('file')
    const path = await contents.localPath(file.sha256)
    return previewFile(ctx, source, path, input.sheet ?? null)
  }),
  serve(imports.list, async (ctx, input) => {
    const { rows, ...page } = await importPage(ctx.tx, ctx.actor.organisation, input)
    return { items: rows.map((row) => shownImport(row, ctx.actor.zone)), ...page }
  }),
  serve(imports.show, async (ctx, { id }) =>
    shownImport(await importOf(ctx.tx, ctx.actor.organisation, id), ctx.actor.zone),
  ),
  serve(imports.rows, async (ctx, input) => {
    await importOf(ctx.tx, ctx.actor.organisation, input.id)
    const { rows, ...page } = await verdictPage(ctx.tx, input)
    return { items: rows.map((r) => ({ ...r, messages: r.messages.map((m) => said(m, ctx.actor.zone)) })), ...page }
  }),
  serve(imports.start, async (ctx, input) => {
    const source = sourceNamed(sources, input.source)
    const file = await visibleFile(ctx.tx, ctx.actor, subjects, input.file)
    if (file === undefined) throw notFound('file')
    const run = await requestImport(ctx, {
      source,
      fileName: file.name,
      sha256: file.sha256,
      dryRun: input.dryRun,
      asOf: input.asOf ?? null,
      zone: input.zone ?? 'UTC',
      shift: input.shift,
      mapping: input.mapping ?? {},
      dateOrder: input.dateOrder ?? null,
      currency: input.currency ?? null,
      sheet: input.sheet ?? null,
    })
    await attachFiles(ctx.tx, ctx.actor, [file.id], { kind: 'import', id: run.id })
    work(ctx, run.id)
    return shownImport(run, ctx.actor.zone)
  }),
  serve(imports.carryOut, async (ctx, { id }) => {
    const tried = await importOf(ctx.tx, ctx.actor.organisation, id)
    refuse(whyNotCarryOut({ status: tried.status, dryRun: tried.dry_run }))
    const { options } = tried
    const run = await requestImport(ctx, {
      source: sourceNamed(sources, tried.source),
      fileName: tried.file_name,
      sha256: tried.file_sha256,
      dryRun: false,
      ...options,
      dateOrder: options.dateOrder ?? null,
      currency: options.currency ?? null,
      sheet: options.sheet ?? null,
    })
    work(ctx, run.id)
    return shownImport(run, ctx.actor.zone)
  }),
  serve(imports.cancel, async (ctx, { id }) => {
    refuse(whyNotCancel(await importOf(ctx.tx, ctx.actor.organisation, id, true)))
    await moveImport(ctx.tx, id, ['waiting', 'running'], { status: 'cancelled', phase: 'imports.phase.cancelled' })
    return changed(ctx, id, 'import.cancelled')
  }),
  serve(imports.resume, async (ctx, { id }) => {
    refuse(whyNotResume(await importOf(ctx.tx, ctx.actor.organisation, id, true)))
    await moveImport(ctx.tx, id, ['failed', 'cancelled'], { status: 'waiting', phase: 'imports.phase.waiting' })
    work(ctx, id)
    return changed(ctx, id, 'import.resumed')
  }),
]

const work = (ctx: Ctx, id: string): void => ctx.addJob(importTask, { import: id }, { key: `import:${id}` })

async function changed(ctx: Ctx, id: string, type: string) {
  ctx.record({ type, subject: { kind: 'import', id } })
  await tellNodes(ctx.tx, [{ kind: 'import', id }])
  return shownImport(await importOf(ctx.tx, ctx.actor.organisation, id), ctx.actor.zone)
}
