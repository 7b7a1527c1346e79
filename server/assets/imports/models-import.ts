import { Cells, plannedRow } from '../../platform/imports/cells.ts'
import { readDate } from '../../platform/imports/dates.ts'
import {
  becomesOf,
  type CellSaid,
  importedRecords,
  importedValues,
  type ImportedRecord,
  keepImported,
  type SaidBefore,
} from '../../platform/imports/imported-values.ts'
import { inImport } from '../../platform/imports/in-import.ts'
import type { ImportSettings, ImportSource, SourceRun, SubjectRows } from '../../platform/imports/source.ts'
import { KindRegistry, type KindStep, type KnownModel, writeKinds } from '../kind-registry.ts'
import { modelFields } from './model-fields.ts'
import { cut } from '../../platform/rules/storable-text.ts'

const source = 'models'
interface ModelPlan {
  steps: readonly KindStep[]
  record: ImportedRecord
}

/** Models with maker, number, category and months of use, each row one. */
export const modelsImport: ImportSource = {
  source,
  title: 'imports.models.title',
  description: 'imports.models.description',
  fields: modelFields,
  keyField: null,
  naming(cells) {
    const words = ['manufacturer', 'name', 'number'].map((field) => cells[field] ?? '')
    return {
      label: words.filter((word) => word !== '').join(' '),
      identity: words[1] === '' ? null : words.join('|').toLowerCase(),
    }
  },
  options: ['dateOrder'],
  begin: (settings) => beginModels(settings),
}

function beginModels(settings: ImportSettings): SourceRun<ModelPlan | null> {
  const { organisation } = settings
  let registry: KindRegistry | null = null
  return {
    async plan(db, subjects) {
      if (registry === null || !settings.dryRun) registry = await KindRegistry.load(db, organisation)
      const identities = subjects.map((s) => s.identity)
      const known = await importedRecords(db, organisation, source, identities)
      const found = subjects.map((s) => modelOf(registry!, s, known)?.id ?? '').filter((id) => id !== '')
      const before = await importedValues(db, source, [...new Set(found)])
      return subjects.map((s) => planModel(registry!, s, known, before, settings))
    },
    write: (tx, planned) =>
      inImport(tx, settings, async (ctx) => {
        const plans = planned.map((p) => p.plan).filter((plan) => plan !== null)
        await writeKinds(
          ctx,
          plans.flatMap((plan) => plan.steps),
        )
        const records = new Map(plans.map(({ record }) => [record.id, record]))
        await keepImported(tx, organisation, source, [...records.values()])
      }),
    report: async () => [],
  }
}

const wordsOf = (cells: Cells) => ({
  name: cells.line('name', 120),
  number: cells.line('number', 120),
  maker: cells.line('manufacturer', 120),
})

/** The model a row is about: the one it was about the last time, else by its words. */
function modelOf(registry: KindRegistry, subject: SubjectRows, known: ReadonlyMap<string, string>) {
  const id = known.get(subject.identity)
  const before = id === undefined ? undefined : registry.modelById(id)
  return before ?? registry.findModel(wordsOf(new Cells(subject.rows[0]!.cells)))
}

function planModel(
  registry: KindRegistry,
  subject: SubjectRows,
  known: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, SaidBefore>,
  settings: ImportSettings,
) {
  const cells = new Cells(subject.rows[0]!.cells)
  cells.checkNumbers(['name', 'number'])
  const words = wordsOf(cells)
  if (words.name === '') return plannedRow(subject, 'rejected', [{ code: 'imports.name-missing', params: {} }], null)
  const found = modelOf(registry, subject, known)
  const last = (found === undefined ? undefined : before.get(found.id)) ?? {}
  const said = saidOf(cells, words, registry, last, settings)
  const valueOf = (column: keyof typeof said) => said[column]?.value ?? null
  const recordOf = (id: string): ImportedRecord => ({
    id,
    identity: subject.identity,
    said,
  })
  if (found === undefined) {
    const made = registry.makeModel({
      name: words.name,
      number: valueOf('number'),
      manufacturer_id: valueOf('manufacturer_id'),
      category_id: valueOf('category_id') ?? registry.category('').id,
      life_months: said.life_months === undefined ? null : Number(said.life_months.value),
      end_of_life_on: valueOf('end_of_life_on'),
      note: valueOf('note') ?? '',
    })
    return plannedRow(subject, 'created', cells.warnings, { steps: registry.takeSteps(), record: recordOf(made.id) })
  }
  const changed = changedBy(found, said, last, cells)
  if (registry.isTaken(found.id, { ...found, ...changed }))
    return plannedRow(subject, 'rejected', [{ code: 'imports.model-taken', params: { name: words.name } }], null)
  const isChanged = Object.keys(changed).length > 0
  if (isChanged) registry.changeModel(found, changed)
  const plan = { steps: registry.takeSteps(), record: recordOf(found.id) }
  return plannedRow(subject, isChanged ? 'updated' : 'unchanged', cells.warnings, plan)
}

type Said = Partial<
  Record<'number' | 'manufacturer_id' | 'category_id' | 'life_months' | 'end_of_life_on' | 'note', CellSaid>
>

function saidOf(
  cells: Cells,
  words: ReturnType<typeof wordsOf>,
  registry: KindRegistry,
  before: SaidBefore,
  settings: ImportSettings,
): Said {
  const said: Said = {}
  const say = (column: keyof Said, text: string, value: string | null = text) => {
    if (text !== '' && value !== null) said[column] = { text, value }
  }
  say('number', words.number)
  /** The record that was named so the last time, whatever it is called by now. */
  const remembered = (column: 'manufacturer_id' | 'category_id', text: string): string =>
    before[column]?.text === text ? before[column].value : ''
  const maker = remembered('manufacturer_id', words.maker)
  say('manufacturer_id', words.maker, registry.isMaker(maker) ? maker : registry.maker(words.maker))
  const category = cells.line('category', 120)
  const own = registry.categoryById(remembered('category_id', category))
  if (category !== '') say('category_id', category, (own ?? registry.category(category)).id)
  const months = cells.text('lifeMonths')
  const count = /^(\d{1,3})\s*(?:months?|monate?)?$/i.exec(months)?.[1]
  if (count !== undefined && Number(count) >= 1 && Number(count) <= 600) say('life_months', String(Number(count)))
  else if (months !== '' && !/^0+$/.test(months))
    cells.warn('bad-number', { column: 'lifeMonths', value: cut(months, 60), least: 1, most: 600 })
  const end = cells.text('endOfLifeOn')
  const on = end === '' ? null : readDate(end, settings.dateOrder)
  if (end !== '' && on === null) cells.warn('bad-date', { column: 'endOfLifeOn', value: cut(end, 60) })
  say('end_of_life_on', on ?? '')
  say('note', cells.lines('note', 10_000).trim())
  return said
}

/** What the row says anew of a model; what somebody changed since the last import stays and is said. */
function changedBy(model: KnownModel, said: Said, before: SaidBefore, cells: Cells) {
  const changed: Record<string, string | number> = {}
  for (const [column, one] of Object.entries(said) as [keyof Said, CellSaid][]) {
    const stands = model[column]
    const becomes = becomesOf(one, stands === null ? '' : String(stands), before[column])
    if (becomes === 'kept') cells.kept(column, one.text)
    if (becomes === 'write') changed[column] = column === 'life_months' ? Number(one.value) : one.value
  }
  return changed as Partial<KnownModel>
}
