import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { keys } from '../../contract/api-keys.ts'
import type { Role } from '../../contract/permissions.ts'
import { roleOptions, roleWord } from '../people/words.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import type { Column } from '../ui/columns.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { OrganisationTabs } from './tabs.tsx'

type ApiKey = Answer<typeof keys.list>['items'][number]

export default function KeysPage() {
  const list = useAskPages(keys.list, { limit: 100 })
  const [adding, add] = useState(false)
  const [revoking, revoke] = useState<ApiKey | null>(null)
  const revoked = useAct(keys.revoke, { onDone: () => revoke(null) })
  const columns: Column<ApiKey>[] = [
    {
      id: 'name',
      title: t('calendars.name'),
      width: 'grow',
      render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
    },
    { id: 'prefix', title: t('keys.prefix'), width: 140, render: (row) => <code>{row.prefix}…</code> },
    { id: 'role', title: t('people.role'), width: 130, render: (row) => roleWord(row.role) },
    {
      id: 'used',
      title: t('keys.lastUsed'),
      width: 130,
      render: (row) =>
        row.lastUsedAt === null ? <span className="soft">{t('person.never')}</span> : <Moment at={row.lastUsedAt} />,
    },
    {
      id: 'expires',
      title: t('keys.expires'),
      width: 150,
      render: (row) =>
        row.revokedAt !== null ? (
          <span className="soft">{t('keys.isRevoked')}</span>
        ) : row.expiresAt === null ? (
          <span className="soft">{t('person.never')}</span>
        ) : (
          <Moment at={row.expiresAt} as="nearby" />
        ),
    },
    {
      id: 'revoke',
      title: t('keys.revoke'),
      width: 110,
      render: (row) =>
        row.revokedAt === null ? (
          <ActionButton action={keys.revoke} size="compact-xs" variant="default" onClick={() => revoke(row)}>
            {t('keys.revoke')}
            <span className="unseen"> {row.name}</span>
          </ActionButton>
        ) : null,
    },
  ]
  const button = (
    <ActionButton action={keys.create} onClick={() => add(true)}>
      {t('keys.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('apiKeys.title')}
        tabs={<OrganisationTabs current="keys" />}
        list={list}
        columns={columns}
        actions={button}
        empty={{ title: t('keys.empty'), help: t('keys.emptyHelp'), action: button }}
      />
      {adding && <NewKey onClose={() => add(false)} />}
      {revoking !== null && (
        <ConfirmAct
          opened
          title={t('keys.revokeTitle', { name: revoking.name })}
          verb={t('keys.revoke')}
          busy={revoked.isPending}
          error={revoked.error}
          onConfirm={() => revoked.mutate({ id: revoking.id })}
          onClose={() => revoke(null)}
        >
          {t('keys.revokeHelp')}
        </ConfirmAct>
      )}
    </>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('technician')
  const [expires, setExpires] = useState<string | null>(null)
  const create = useAct(keys.create)
  return (
    <Modal opened onClose={onClose} title={t('keys.add')}>
      {create.data === undefined ? (
        <Form
          onSubmit={() => create.mutate({ name, role, expiresAt: expires === null ? null : `${expires}T23:59:59Z` })}
          verb={t('keys.add')}
          busy={create.isPending}
          error={create.error}
          onCancel={onClose}
          disabled={name.trim() === ''}
        >
          <Stack gap="sm">
            <TextInput
              label={t('keys.name')}
              description={t('keys.nameHelp')}
              required
              data-autofocus
              value={name}
              error={fieldError(create.error, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              label={t('people.role')}
              data={roleOptions()}
              value={role}
              onChange={(next) => setRole(next ?? 'technician')}
            />
            <DayInput
              label={t('keys.expires')}
              description={t('keys.expiresHelp')}
              value={expires}
              onChange={setExpires}
              error={fieldError(create.error, 'expiresAt')}
            />
          </Stack>
        </Form>
      ) : (
        <ShownOnce value={create.data.key} label={t('keys.secret')} onClose={onClose}>
          {t('keys.once')}
        </ShownOnce>
      )}
    </Modal>
  )
}
