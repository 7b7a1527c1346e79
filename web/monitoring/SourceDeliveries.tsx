import { Modal, Table } from '@mantine/core'
import { useState } from 'react'
import { alertSources } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { ReadAlerts } from './ReadAlerts.tsx'
import classes from './words.module.css'

/** What a source sent, newest first: what became of it, and the message itself. */
export function SourceDeliveries({ source }: { source: string }) {
  const list = useAskPages(alertSources.deliveries, { id: source, limit: 30 })
  const [open, setOpen] = useState<string | null>(null)
  return (
    <>
      <AskedPages of={list} empty={t('alertSources.noMessages')}>
        {(items) => (
          <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('alertSources.messages')}>
            <Table verticalSpacing={4} aria-label={t('alertSources.messages')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('alertSources.received')}</Table.Th>
                  <Table.Th>{t('alertSources.became')}</Table.Th>
                  <Table.Th>{t('alertSources.alerts')}</Table.Th>
                  <Table.Th>
                    <span className="unseen">{t('alertSources.look')}</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      <Moment at={one.receivedAt} as="nearby" />
                    </Table.Td>
                    <Table.Td style={{ minWidth: 180 }}>
                      {t(`alertSources.state.${one.state}`)}
                      {one.reasons[0] !== undefined && <div className="label">{one.reasons[0]}</div>}
                    </Table.Td>
                    <Table.Td className="figures">{number(one.alerts)}</Table.Td>
                    <Table.Td align="right">
                      <ActionButton
                        action={alertSources.delivery}
                        size="compact-xs"
                        variant="default"
                        onClick={() => setOpen(one.id)}
                      >
                        {t('alertSources.look')}
                        <span className="unseen">
                          {' '}
                          <Moment at={one.receivedAt} />
                        </span>
                      </ActionButton>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </AskedPages>
      {open !== null && <Message id={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Message({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useAsk(alertSources.delivery, { id })
  const again = useAct(alertSources.again, {
    onDone: () => {
      tellDone(t('alertSources.readAgain'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('alertSources.message')} size="lg">
      <Asked question={asked}>
        {(message) => (
          <>
            <pre className={classes['body']} tabIndex={0} aria-label={t('alertSources.message')}>
              {message.body}
            </pre>
            <ReadAlerts alerts={message.read} left={message.reasons} />
            {message.state === 'failed' && (
              <ActionButton
                action={alertSources.again}
                loading={again.isPending}
                onClick={() => again.mutate({ id }, { onError: tellFailed })}
              >
                {t('alertSources.again')}
              </ActionButton>
            )}
          </>
        )}
      </Asked>
    </Modal>
  )
}
