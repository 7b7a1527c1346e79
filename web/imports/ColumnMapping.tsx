import { Select, Table } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import { Section } from '../ui/Facts.tsx'
import classes from './Import.module.css'
import { chosenFields, type Preview } from './mapping.ts'

interface Props {
  preview: Preview
  chosen: Readonly<Record<number, string>>
  onChoose: (column: number, field: string) => void
}

/** Which column fills which field, before anything is imported. */
export function ColumnMapping({ preview, chosen, onChoose }: Props) {
  const fields = chosenFields(preview, chosen)
  const taken = new Set(fields.values())
  const titles = new Map(preview.fields.map((one) => [one.field, one.title]))
  const data = [
    { value: '', label: t('importNew.leftOut') },
    ...preview.fields.map((one) => ({
      value: one.field,
      label: one.required ? t('importNew.required', { title: one.title }) : one.title,
    })),
  ]
  const needed = preview.fields.filter((one) => one.required && !taken.has(one.field)).map((one) => one.title)
  const anyOf = preview.missing.filter((field) => titles.has(field))
  const missing =
    needed.length > 0 ? needed : anyOf.some((f) => taken.has(f)) ? [] : anyOf.map((field) => titles.get(field)!)
  return (
    <Section title={t('importNew.columns')}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('importNew.columnsHelp')}
      </p>
      {missing.length > 0 && (
        <p role="status" className={classes['failed']}>
          {t('importNew.missing', { fields: missing.join(', ') })}
        </p>
      )}
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('importNew.columns')}>
        <Table verticalSpacing={3} aria-label={t('importNew.columns')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={50}>{t('importNew.column')}</Table.Th>
              <Table.Th>{t('importNew.header')}</Table.Th>
              <Table.Th w={210}>{t('importNew.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map(({ column, letter, header, samples }) => (
              <Table.Tr key={column}>
                <Table.Td className="figures">{letter}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {header || <span className="soft">{t('importNew.noHeader')}</span>}
                  {samples.length > 0 && (
                    <div className="soft" style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
                      {t('importNew.samples', { samples: samples.join(' · ') })}
                    </div>
                  )}
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    miw={160}
                    searchable
                    allowDeselect={false}
                    aria-label={t('importNew.fieldOf', { letter, header: header || t('importNew.noHeader') })}
                    data={data}
                    value={fields.get(column) ?? ''}
                    onChange={(field) => onChoose(column, field ?? '')}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  )
}
