import { imports, type SavedMapping } from '../../contract/imports.ts'
import type { Ctx } from '../platform/ctx.ts'
import { notFound, Problem } from '../platform/errors.ts'
import { newId } from '../platform/identifiers.ts'
import type { ImportSource } from '../platform/imports/source.ts'
import { type Route, serve } from '../platform/mount.ts'
import { deleteMapping, mappingsOf, type StoredMapping, upsertMapping } from './mappings-store.ts'

/** The source of that name; 400 where there is none. */
export function sourceNamed(sources: readonly ImportSource[], name: string): ImportSource {
  const source = sources.find((s) => s.source === name)
  if (source === undefined) throw new Problem(400, 'imports.no-source', { source: name })
  return source
}

const shown = (m: StoredMapping): SavedMapping => ({
  id: m.id,
  source: m.source,
  name: m.name,
  mapping: m.mapping,
  by: m.saved_by_name,
  updatedAt: m.updated_at,
  refusals: {},
})

async function saveMapping(ctx: Ctx, given: { source: string; name: string; mapping: Record<string, string> }) {
  const { source, name, mapping } = given
  const saved = await upsertMapping(ctx.tx, ctx.actor.organisation, { id: newId(), ...given, by: ctx.actor.name })
  ctx.record({
    type: 'import-mapping.saved',
    subject: { kind: 'import-mapping', id: saved.id },
    after: { source, name, mapping },
  })
  return shown(saved)
}

/** Mappings of headers by name: listed, saved, forgotten. */
export const mappingRoutes = (sources: readonly ImportSource[]): Route[] => [
  serve(imports.mappings, async (ctx, input) => ({
    items: (await mappingsOf(ctx.tx, ctx.actor.organisation, input.source)).map(shown),
  })),
  serve(imports.saveMapping, async (ctx, input) => {
    sourceNamed(sources, input.source)
    return saveMapping(ctx, input)
  }),
  serve(imports.forgetMapping, async (ctx, { id }) => {
    const gone = await deleteMapping(ctx.tx, ctx.actor.organisation, id)
    if (gone === undefined) throw notFound('mapping')
    ctx.record({
      type: 'import-mapping.forgotten',
      subject: { kind: 'import-mapping', id },
      before: { source: gone.source, name: gone.name },
    })
    return {}
  }),
]
