import { Table } from '@mantine/core'
import { webhooks } from '../../contract/webhooks.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { stateWord } from './words.ts'

/** What was sent, newest first: what became of it, what was answered, and a button that sends it again. */
export function Deliveries({ webhook }: { webhook: string }) {
  const list = useAskPages(webhooks.deliveries, { id: webhook, limit: 50 })
  const repeat = useAct(webhooks.repeat, { onDone: () => tellDone(t('webhooks.repeated')) })
  return (
    <AskedPages of={list} empty={t('webhooks.noDeliveries')}>
      {(items) => (
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('webhooks.deliveries')}>
          <Table verticalSpacing={4} aria-label={t('webhooks.deliveries')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('webhooks.event')}</Table.Th>
                <Table.Th>{t('webhooks.at')}</Table.Th>
                <Table.Th>{t('webhooks.stateTitle')}</Table.Th>
                <Table.Th>{t('webhooks.answer')}</Table.Th>
                <Table.Th>
                  <span className="unseen">{t('webhooks.repeat')}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.event.type}</Table.Td>
                  <Table.Td>
                    <Moment at={one.createdAt} as="nearby" />
                  </Table.Td>
                  <Table.Td>
                    {stateWord(one.state)} <span className="soft">{t('webhooks.attempts', { n: one.attempts })}</span>
                    {one.state === 'waiting' && one.nextAt !== null && one.attempts > 0 && (
                      <div className="label">
                        {t('webhooks.next')} <Moment at={one.nextAt} as="nearby" />
                      </div>
                    )}
                  </Table.Td>
                  <Table.Td style={{ minWidth: 220, maxWidth: 260, overflowWrap: 'anywhere' }}>
                    {one.status !== null && <span className="figures">{number(one.status)} </span>}
                    {one.error ?? one.excerpt}
                    {one.error !== null && one.excerpt !== null && one.excerpt !== '' && (
                      <div className="label">{one.excerpt}</div>
                    )}
                  </Table.Td>
                  <Table.Td align="right">
                    <ActionButton
                      action={webhooks.repeat}
                      size="compact-xs"
                      variant="default"
                      onClick={() => repeat.mutate({ id: one.id }, { onError: tellFailed })}
                    >
                      {t('webhooks.repeat')}
                      <span className="unseen"> {one.event.type}</span>
                    </ActionButton>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </AskedPages>
  )
}
