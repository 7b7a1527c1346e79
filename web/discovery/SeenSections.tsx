import type { SeenSection } from '../../contract/discovery.ts'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { SeenTable } from './SeenTable.tsx'
import { fieldWord, sectionWord, valueWord } from './words.tsx'

const single = new Set(['bios', 'hardware', 'operatingSystem', 'networkDevice'])

/** What an agent reported, section by section, each with the moment since when it says so. */
export function SeenSections({ sections }: { sections: readonly SeenSection[] }) {
  return sections
    .filter((section) => section.entries.length > 0)
    .map((section) => (
      <Section
        key={section.section}
        title={sectionWord(section.section)}
        actions={
          <span className="label">
            <Moment at={section.changedAt} as="nearby" />
          </span>
        }
      >
        {single.has(section.section) ? (
          <Facts
            entries={Object.entries(section.entries[0]!)
              .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
              .map(([field, value]) => [fieldWord(field), valueWord(field, value)])}
          />
        ) : (
          <Entries section={section} />
        )}
      </Section>
    ))
}

/** Columns that say nothing in any row are left out. */
function Entries({ section: { section, entries } }: { section: SeenSection }) {
  const fields = Object.keys(entries[0]!).filter((field) =>
    entries.some((entry) => valueWord(field, entry[field]) !== ''),
  )
  return (
    <SeenTable label={sectionWord(section)} columns={fields.map((field) => ({ key: field, head: fieldWord(field) }))}>
      {entries.map((entry, at) => (
        // entries have no name of their own
        // oxlint-disable-next-line react/no-array-index-key
        <tr key={at}>
          {fields.map((field) => (
            <td key={field}>{valueWord(field, entry[field])}</td>
          ))}
        </tr>
      ))}
    </SeenTable>
  )
}
