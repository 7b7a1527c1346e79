import type { Db } from '../../platform/db.ts'
import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import {
  importedRecords,
  importedValues,
  type ImportedRecord,
  keepImported,
} from '../../platform/imports/imported-values.ts'
import { inImport } from '../../platform/imports/in-import.ts'
import type { ImportSettings, ImportSource, SourceRun, SubjectRows } from '../../platform/imports/source.ts'
import { LocationTree, type TreeStep, writeSteps } from '../location-tree.ts'
import { locationFields } from './location-fields.ts'
import { applySaid, type Named, namesOf, placeOf, saidOf } from './plan-location.ts'

const source = 'locations'

export interface LocationImportParts {
  /** Whom words of a file mean: username, e-mail, or a name that one alone bears. */
  named: (db: Db, organisation: string, words: readonly string[]) => Promise<Named>
}

interface LocationPlan {
  steps: readonly TreeStep[]
  record: ImportedRecord
}

/** A tree of places, by parent or by path, each row one place. */
export const locationsImport = (parts: LocationImportParts): ImportSource => ({
  source,
  title: 'imports.locations.title',
  description: 'imports.locations.description',
  fields: locationFields,
  keyField: null,
  needsOneOf: ['name', 'path'],
  naming(cells) {
    const names = namesOf(new Cells(cells))
    return { label: names.join(' > '), identity: names.length === 0 ? null : identityOf(names) }
  },
  options: [],
  begin: (settings) => beginLocations(settings, parts),
})

function beginLocations(settings: ImportSettings, { named }: LocationImportParts): SourceRun<LocationPlan | null> {
  const { organisation } = settings
  let tree: LocationTree | null = null
  /** Made on the way as the parent of another: the row about it is what brings it. */
  const onTheWay = new Set<string>()
  return {
    async plan(db, subjects) {
      if (tree === null || !settings.dryRun) tree = await LocationTree.load(db, organisation)
      const known = await importedRecords(db, organisation, source, [
        ...new Set(subjects.flatMap((s) => [s.identity, ...identitiesAbove(s)])),
      ])
      const before = await importedValues(db, source, [...new Set([...known.values(), ...placesOf(tree, subjects)])])
      const words = subjects.flatMap((s) => [wordOf(s, 'manager'), wordOf(s, 'managerUsername')])
      const who = await named(db, organisation, words)
      return subjects.map((subject) => planOne(tree!, subject, known, before, who, onTheWay))
    },
    write: (tx, planned) =>
      inImport(tx, settings, async (ctx) => {
        const plans = planned.map((p) => p.plan).filter((plan) => plan !== null)
        for (const plan of plans) await writeSteps(ctx, plan.steps)
        await keepImported(
          tx,
          organisation,
          source,
          // of two rows about one place the last word counts
          [...new Map(plans.map(({ record }) => [record.id, record])).values()],
        )
      }),
    report: async () => [],
  }
}

const wordOf = ({ rows }: SubjectRows, field: string): string => rows[0]!.cells[field] ?? ''

/** Ids of the places that rows seem to be about, as far as the tree knows them before. */
const placesOf = (tree: LocationTree, subjects: readonly SubjectRows[]): string[] =>
  subjects.flatMap((s) => {
    const names = namesOf(new Cells(s.rows[0]!.cells))
    const found = names.length === 0 ? null : placeOf(tree, names, undefined)
    return found === null || found === 'several' ? [] : [found.id]
  })

function planOne(
  tree: LocationTree,
  subject: SubjectRows,
  known: ReadonlyMap<string, string>,
  before: Awaited<ReturnType<typeof importedValues>>,
  who: Named,
  onTheWay: Set<string>,
) {
  const cells = new Cells(subject.rows[0]!.cells)
  const names = namesOf(cells)
  const reject = (code: string, params: Record<string, unknown> = {}) => {
    tree.undo()
    return plannedRow(subject, 'rejected', [{ code, params }], null)
  }
  if (names.length === 0) return reject('imports.name-missing')
  const found = placeOf(tree, names, known.get(subject.identity))
  if (found === 'several') return reject('imports.location-several', { name: names.join(' > ') })
  const above = names.slice(0, -1)
  const last = found === null ? undefined : before.get(found.id)?.['parent_id']
  const remembered = last?.text === above.join(' > ') ? tree.byId(last.value) : undefined
  const parent = above.length === 0 ? null : (remembered ?? parentOf(tree, above, known, onTheWay))
  if (parent === 'several') return reject('imports.location-several', { name: above.join(' > ') })
  const isMade = found === null
  const place = found ?? tree.make([names.at(-1)!], parent?.id ?? null).place
  const isNew = isMade || onTheWay.delete(place.id)
  const said = saidOf(cells, who, parent === null ? null : { id: parent.id, text: above.join(' > ') })
  const { refusal, changed } = applySaid(tree, place, said, before.get(place.id) ?? {}, cells)
  if (refusal !== null) return reject(refusal.code, refusal.params)
  const record: ImportedRecord = {
    id: place.id,
    identity: subject.identity,
    said,
  }
  const verdict = isNew ? 'created' : changed ? 'updated' : 'unchanged'
  return plannedRow(subject, verdict, cells.warnings, { steps: tree.takeSteps(), record })
}

const identityOf = (names: readonly string[]): string => names.join(' > ').toLowerCase()

/** What rows about the places above that of a row are remembered by. */
const identitiesAbove = ({ rows }: SubjectRows): string[] => {
  const above = namesOf(new Cells(rows[0]!.cells)).slice(0, -1)
  return above.map((_name, i) => identityOf(above.slice(0, i + 1)))
}

/** The place at the end of the names above, whatever it is called by now; made where it is missing. */
function parentOf(
  tree: LocationTree,
  names: readonly string[],
  known: ReadonlyMap<string, string>,
  onTheWay: Set<string>,
) {
  const ids = names.map((_name, i) => known.get(identityOf(names.slice(0, i + 1))) ?? '')
  const deepest = ids.findLastIndex((id) => tree.byId(id) !== undefined)
  const found = deepest < 0 && names.length === 1 ? tree.find(names[0]!) : null
  if (found !== null) return found
  const { place, made } = tree.make(names.slice(deepest + 1), ids[deepest] ?? null)
  for (const one of made) onTheWay.add(one.id)
  return place
}
