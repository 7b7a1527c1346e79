import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { people, type PersonRow } from '../../contract/people.ts'
import type { Role } from '../../contract/permissions.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { Named } from '../ui/Initials.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { SkillFilter } from './SkillFilter.tsx'
import { personKindWord, roleOptions, roleWord } from './words.ts'

const columns = (): Column<PersonRow>[] => [
  { id: 'name', title: t('people.name'), width: 'grow', main: true, render: (row) => <Named name={row.name} /> },
  { id: 'email', title: t('people.email'), width: 260, render: (row) => row.email },
  {
    id: 'role',
    title: t('people.role'),
    width: 130,
    render: (row) => (row.role === null ? <span className="soft">{t('people.noAccount')}</span> : roleWord(row.role)),
  },
  { id: 'kind', title: t('people.kind'), width: 130, render: (row) => personKindWord(row.kind) },
  { id: 'department', title: t('people.department'), width: 160, render: (row) => row.department },
  { id: 'teams', title: t('teams.title'), width: 200, render: (row) => row.teams.map((team) => team.name).join(', ') },
  {
    id: 'active',
    title: t('people.standing'),
    width: 90,
    render: (row) => (row.active ? t('people.active') : <span className="soft">{t('people.left')}</span>),
  },
]

export default function PeoplePage() {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const [adding, add] = useState(false)
  const active = address['active'] ?? 'true'
  const list = useAskPages(people.list, {
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
    ...(active === 'all' ? {} : { active: active === 'true' }),
    ...(address['role'] === undefined ? {} : { role: address['role'] as Role }),
    ...(address['team'] === undefined ? {} : { team: address['team'] }),
    ...(address['skill'] === undefined ? {} : { skill: address['skill'] }),
  })
  const button = (
    <ActionButton action={people.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(true)}>
      {t('people.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('people.title')}
        searchable
        list={list}
        columns={columns()}
        addressOf={(row) => paths.person(row.id)}
        actions={button}
        narrowed={address['role'] !== undefined || address['team'] !== undefined || address['skill'] !== undefined}
        empty={{ title: t('people.empty'), help: t('people.emptyHelp'), action: button }}
        filters={
          <>
            <SkillFilter skill={address['skill']} onChange={(skill) => change({ skill })} />
            <Select
              size="xs"
              w={150}
              aria-label={t('people.role')}
              placeholder={t('people.anyRole')}
              clearable
              data={roleOptions()}
              value={address['role'] ?? null}
              onChange={(role) => change({ role: role ?? undefined })}
            />
            <Select
              size="xs"
              w={130}
              aria-label={t('people.standing')}
              data={[
                { value: 'true', label: t('people.active') },
                { value: 'false', label: t('people.left') },
                { value: 'all', label: t('people.everybody') },
              ]}
              value={active}
              onChange={(next) => change({ active: next === 'true' || next === null ? undefined : next })}
            />
          </>
        }
      />
      {adding && <NewPerson onClose={() => add(false)} onDone={(id) => void navigate({ to: paths.person(id) })} />}
    </>
  )
}

function NewPerson({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const create = useAct(people.create, { onDone: (person) => onDone(person.id) })
  return (
    <Modal opened onClose={onClose} title={t('people.add')}>
      <Form
        onSubmit={() => create.mutate({ name, ...(address.trim() === '' ? {} : { emails: [address] }) })}
        verb={t('people.add')}
        busy={create.isPending}
        error={create.error}
        onCancel={onClose}
        disabled={name.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('people.name')}
            required
            data-autofocus
            value={name}
            error={fieldError(create.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('people.email')}
            type="email"
            value={address}
            error={fieldError(create.error, 'emails')}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        </Stack>
      </Form>
    </Modal>
  )
}
