import type {
  ImportField,
  ImportSettings,
  ImportSource,
  RowVerdict,
  SourceRun,
  SubjectRows,
} from '../../platform/imports/source.ts'
import { type PublishedCycle, publishedCycle } from '../rules/published-cycle.ts'
import { publishedOf, savePublished } from './published-store.ts'
import { cut } from '../../platform/rules/storable-text.ts'

const field = (name: string, title: string, required: boolean, ...aliases: string[]): ImportField => ({
  field: name,
  title,
  required,
  aliases: [name, title, ...aliases],
})

/** Columns of the published list, as endoflife.date names them. */
const fields: readonly ImportField[] = [
  field('product', 'Product', true),
  field('title', 'Title', false, 'Label'),
  field('cycle', 'Cycle', true, 'Release', 'Version'),
  field('releaseDate', 'Release date', false, 'Released'),
  field('eoas', 'End of active support', false, 'Support'),
  field('eol', 'End of life', true, 'End of support'),
  field('eoes', 'End of extended support', false, 'Extended support'),
  field('latest', 'Latest', false),
]

interface ProductPlan {
  product: string
  title: string
  changed: readonly PublishedCycle[]
}

/** Published ends of support, all releases of a product one record. What is published now takes the place of what was; nothing is taken away. */
export const lifeCyclesImport: ImportSource = {
  source: 'life-cycles',
  title: 'imports.life-cycles.title',
  description: 'imports.life-cycles.description',
  fields,
  keyField: 'product',
  options: [],
  begin: (settings) => beginCycles(settings),
}

const compared = ['released_on', 'active_until', 'eol_on', 'is_over', 'extended_until', 'latest'] as const

function beginCycles(settings: ImportSettings): SourceRun<ProductPlan | null> {
  return {
    async plan(db, subjects) {
      const known = await publishedOf(
        db,
        subjects.map((one) => one.key),
      )
      return subjects.map((subject) => planOne(subject, known.get(subject.key) ?? new Map()))
    },
    write: (tx, planned) =>
      savePublished(
        tx,
        planned.flatMap(({ plan }) => (plan === null ? [] : [plan])),
        { source: 'endoflife.date', asOf: settings.importedAt.slice(0, 10) },
      ),
    report: async () => [],
  }
}

function planOne({ key, rows }: SubjectRows, known: ReadonlyMap<string, PublishedCycle>) {
  const changed = new Map<string, PublishedCycle>()
  const verdicts = rows.map((row): RowVerdict => {
    const found = publishedCycle(row.cells)
    if ('code' in found)
      return { row: row.row, key, verdict: 'rejected', messages: [{ code: found.code, params: found.params ?? {} }] }
    const before = known.get(found.cycle)
    if (before !== undefined && compared.every((column) => before[column] === found[column]))
      return { row: row.row, key, verdict: 'unchanged', messages: [] }
    changed.set(found.cycle, found)
    return { row: row.row, key, verdict: before === undefined ? 'created' : 'updated', messages: [] }
  })
  const isRead = verdicts.some((one) => one.verdict !== 'rejected')
  const title = rows.map((row) => row.cells['title'] ?? '').find((text) => text !== '') ?? key
  return {
    key,
    verdict: !isRead
      ? null
      : changed.size === 0
        ? ('unchanged' as const)
        : known.size === 0
          ? ('created' as const)
          : ('updated' as const),
    rows: verdicts,
    warnings: [],
    tally: {},
    plan: changed.size === 0 ? null : { product: key, title: cut(title, 120), changed: [...changed.values()] },
  }
}
