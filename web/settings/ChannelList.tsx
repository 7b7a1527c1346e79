import { Button, Group, Table } from '@mantine/core'
import { useState } from 'react'
import { type ChatChannel, chatChannels } from '../../contract/chat-channels.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { ChannelForm } from './ChannelForm.tsx'

/** Chat channels, one's own or shared ones: whether each works, and what can be done with it. */
export function ChannelList({ items, shared }: { items: readonly ChatChannel[]; shared: boolean }) {
  const [open, setOpen] = useState<ChatChannel | null>(null)
  const [removing, setRemoving] = useState<ChatChannel | null>(null)
  const test = useAct(chatChannels.test, {
    onDone: ({ name, problem }) => tellDone(problem === null ? t('channels.tested', { name }) : problem),
  })
  const remove = useAct(chatChannels.remove, { onDone: () => setRemoving(null) })
  if (items.length === 0) return null
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('channels.title')}>
      <Table verticalSpacing={4} aria-label={t('channels.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('channels.name')}</Table.Th>
            {shared && <Table.Th>{t('channels.of')}</Table.Th>}
            <Table.Th>{t('channels.state')}</Table.Th>
            <Table.Th>
              <span className="unseen">{t('edit')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <b style={{ fontWeight: 500 }}>{one.name}</b>{' '}
                <span className="soft">
                  {t(`chatKind.${one.kind}`)}, {one.host}
                </span>
              </Table.Td>
              {shared && <Table.Td>{one.owner.name}</Table.Td>}
              <Table.Td>
                {one.problem !== null ? (
                  <span role="status">{one.problem}</span>
                ) : !one.active ? (
                  <span className="soft">{t('channels.off')}</span>
                ) : one.lastOkAt === null ? (
                  <span className="soft">{t('channels.untried')}</span>
                ) : (
                  <>
                    {t('channels.works')} <Moment at={one.lastOkAt} />
                  </>
                )}
              </Table.Td>
              <Table.Td align="right">
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={test.isPending && test.variables.id === one.id}
                    onClick={() => test.mutate({ id: one.id }, { onError: tellFailed })}
                  >
                    {t('channels.try')}
                    <span className="unseen"> {one.name}</span>
                  </Button>
                  <Button size="compact-xs" variant="default" onClick={() => setOpen(one)}>
                    {t('edit')}
                    <span className="unseen"> {one.name}</span>
                  </Button>
                  <Button size="compact-xs" variant="default" onClick={() => setRemoving(one)}>
                    {t('remove')}
                    <span className="unseen"> {one.name}</span>
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {open !== null && <ChannelForm channel={open} shared={shared} onClose={() => setOpen(null)} />}
      {removing !== null && (
        <ConfirmAct
          opened
          title={t('channels.removeTitle', { name: removing.name })}
          verb={t('remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: removing.id })}
          onClose={() => setRemoving(null)}
        >
          {t('channels.removeHelp')}
        </ConfirmAct>
      )}
    </div>
  )
}
