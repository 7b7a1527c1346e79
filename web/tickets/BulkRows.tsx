import { Select, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { bulkVerdicts, ticketBulkEdits } from '../../contract/ticket-bulk-edits.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Section } from '../ui/Facts.tsx'
import classes from './BulkEdit.module.css'

/** What became of each ticket, in the order in which they are changed. */
export function BulkRows({ id }: { id: string }) {
  const [address, change] = useAddress()
  const verdict = bulkVerdicts.find((one) => one === address['verdict'])
  const pages = useAskPages(ticketBulkEdits.rows, { id, limit: 100, ...(verdict === undefined ? {} : { verdict }) })
  return (
    <Section
      title={t('bulkEdit.rows')}
      actions={
        <Select
          size="xs"
          w={170}
          aria-label={t('bulkEdit.verdict')}
          placeholder={t('bulkEdit.anyVerdict')}
          clearable
          data={bulkVerdicts.map((one) => ({ value: one, label: t(`bulkEdit.count.${one}`) }))}
          value={verdict ?? null}
          onChange={(next) => change({ verdict: next ?? undefined })}
          clearButtonProps={{ 'aria-label': t('bulkEdit.anyVerdict') }}
        />
      }
    >
      <AskedPages of={pages} empty={t('bulkEdit.noRows')}>
        {(rows) => (
          <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('bulkEdit.rows')}>
            <Table verticalSpacing={3} aria-label={t('bulkEdit.rows')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={70}>{t('bulkEdit.position')}</Table.Th>
                  <Table.Th>{t('bulkEdit.ticket')}</Table.Th>
                  <Table.Th w={150}>{t('bulkEdit.verdict')}</Table.Th>
                  <Table.Th>{t('bulkEdit.why')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.position}>
                    <Table.Td className="figures">{number(row.position)}</Table.Td>
                    <Table.Td>
                      {row.ticket === null ? (
                        <span className="soft">{t('bulkEdit.unseen')}</span>
                      ) : (
                        <Link to={paths.ticket(row.ticket.reference)}>
                          {row.ticket.reference} {row.ticket.title}
                        </Link>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {row.verdict === null ? t('bulkEdit.waits') : t(`bulkEdit.count.${row.verdict}`)}
                    </Table.Td>
                    <Table.Td>{row.why}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </AskedPages>
    </Section>
  )
}
