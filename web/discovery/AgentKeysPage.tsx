import { Group, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type AgentKey, agentKeys, discoverySettings } from '../../contract/discovery.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { AgentSettings } from './AgentSettings.tsx'
import { SettingsDialog } from './SettingsDialog.tsx'
import { DiscoveryTabs } from './tabs.tsx'

/** Keys that agents report with, and how they are set up. */
export default function AgentKeysPage() {
  const list = useAskPages(agentKeys.list, { limit: 100 })
  const [open, setOpen] = useState<'add' | 'settings' | null>(null)
  const [revoking, revoke] = useState<AgentKey | null>(null)
  const revoked = useAct(agentKeys.revoke, { onDone: () => revoke(null) })
  const columns: Column<AgentKey>[] = [
    {
      id: 'name',
      title: t('agentKeys.name'),
      width: 'grow',
      main: true,
      render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
    },
    { id: 'prefix', title: t('keys.prefix'), width: 140, render: (row) => <code>{row.prefix}…</code> },
    { id: 'agents', title: t('agents.title'), width: 90, align: 'right', render: (row) => number(row.agents) },
    {
      id: 'used',
      title: t('keys.lastUsed'),
      width: 130,
      render: (row) =>
        row.lastUsedAt === null ? <span className="soft">{t('person.never')}</span> : <Moment at={row.lastUsedAt} />,
    },
    { id: 'made', title: t('agentKeys.made'), width: 130, render: (row) => <Moment at={row.createdAt} as="nearby" /> },
    {
      id: 'revoke',
      title: t('keys.revoke'),
      width: 120,
      render: (row) =>
        row.revokedAt === null ? (
          <ActionButton action={agentKeys.revoke} size="compact-xs" variant="default" onClick={() => revoke(row)}>
            {t('keys.revoke')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
        ) : (
          <span className="soft">{t('keys.isRevoked')}</span>
        ),
    },
  ]
  const add = (
    <ActionButton action={agentKeys.create} onClick={() => setOpen('add')}>
      {t('agentKeys.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('agentKeys.title')}
        tabs={<DiscoveryTabs current="keys" />}
        list={list}
        columns={columns}
        actions={
          <Group gap="xs">
            <ActionButton action={discoverySettings.save} variant="default" onClick={() => setOpen('settings')}>
              {t('discovery.settings')}
            </ActionButton>
            {add}
          </Group>
        }
        empty={{ title: t('agentKeys.empty'), help: t('agentKeys.emptyHelp'), action: add }}
      />
      {open === 'add' && <NewKey onClose={() => setOpen(null)} />}
      {open === 'settings' && <SettingsDialog onClose={() => setOpen(null)} />}
      {revoking !== null && (
        <ConfirmAct
          opened
          title={t('agentKeys.revokeTitle', { name: revoking.name })}
          verb={t('keys.revoke')}
          busy={revoked.isPending}
          error={revoked.error}
          onConfirm={() => revoked.mutate({ id: revoking.id })}
          onClose={() => revoke(null)}
        >
          {t('agentKeys.revokeHelp')}
        </ConfirmAct>
      )}
    </>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const create = useAct(agentKeys.create)
  return (
    <Modal opened onClose={onClose} title={t('agentKeys.add')} size={create.data === undefined ? 'md' : 'xl'}>
      {create.data === undefined ? (
        <Form
          onSubmit={() => create.mutate({ name })}
          verb={t('agentKeys.add')}
          busy={create.isPending}
          error={create.error}
          onCancel={onClose}
          disabled={name.trim() === ''}
        >
          <TextInput
            label={t('agentKeys.name')}
            description={t('agentKeys.nameHelp')}
            required
            data-autofocus
            value={name}
            error={fieldError(create.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Form>
      ) : (
        <ShownOnce value={create.data.key} label={t('keys.secret')} onClose={onClose}>
          {t('agentKeys.once')}
          <AgentSettings agentKey={create.data.key} />
        </ShownOnce>
      )}
    </Modal>
  )
}
