import { Button, Select, Table } from '@mantine/core'
import { imports } from '../../contract/imports.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import { Section } from '../ui/Facts.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import classes from './Import.module.css'

const verdicts = ['created', 'updated', 'unchanged', 'rejected'] as const

/** What became of every row. */
export function ImportRows({ id, still }: { id: string; still: boolean }) {
  const [address, change] = useAddress()
  const verdict = address['verdict']
  const list = useAskPages(imports.rows, { id, limit: 100, ...(verdict === undefined ? {} : { verdict }) })
  return (
    <Section
      title={t('imports.verdicts')}
      actions={
        <Select
          size="xs"
          w={150}
          aria-label={t('imports.verdict')}
          placeholder={t('imports.anyVerdict')}
          clearable
          data={verdicts.map((one) => ({ value: one, label: t(`imports.count.${one}`) }))}
          value={verdict ?? null}
          onChange={(next) => change({ verdict: next ?? undefined })}
          clearButtonProps={{ 'aria-label': t('imports.anyVerdict') }}
        />
      }
    >
      {list.data === undefined ? (
        list.error !== null ? (
          <ErrorView error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Loading rows={5} />
        )
      ) : list.items.length === 0 ? (
        <p className="soft">{t(still ? 'imports.noRowsYet' : 'imports.noRows')}</p>
      ) : (
        <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('imports.verdicts')}>
          <Table verticalSpacing={3} aria-label={t('imports.verdicts')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={80}>{t('imports.row')}</Table.Th>
                <Table.Th w={150}>{t('imports.key')}</Table.Th>
                <Table.Th w={120}>{t('imports.verdict')}</Table.Th>
                <Table.Th>{t('imports.messages')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map((row, index) => (
                <Table.Tr key={`${row.row}-${row.key}-${index}`}>
                  <Table.Td className="figures">{number(row.row)}</Table.Td>
                  <Table.Td>{row.key}</Table.Td>
                  <Table.Td>{t(`imports.count.${row.verdict}`)}</Table.Td>
                  <Table.Td>{row.messages.join(' ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <Button mt="xs" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('table.more')}
        </Button>
      )}
    </Section>
  )
}
