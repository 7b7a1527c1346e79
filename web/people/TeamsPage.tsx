import { Modal, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { teams, type Team } from '../../contract/people.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { Named } from '../ui/Initials.tsx'
import { ListPage } from '../ui/ListPage.tsx'

const columns = (): Column<Team>[] => [
  {
    id: 'name',
    title: t('people.name'),
    width: 'grow',
    main: true,
    render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
  },
  {
    id: 'lead',
    title: t('teams.lead'),
    width: 200,
    render: (row) =>
      row.lead === null ? <span className="soft">{t('teams.noLead')}</span> : <Named name={row.lead.name} />,
  },
  { id: 'members', title: t('teams.members'), width: 100, align: 'right', render: (row) => row.members.length },
  {
    id: 'queues',
    title: t('teams.queues'),
    width: 320,
    render: (row) => row.queues.map((queue) => queue.name).join(', '),
  },
  {
    id: 'active',
    title: t('people.standing'),
    width: 90,
    render: (row) => (row.active ? t('people.active') : <span className="soft">{t('teams.closed')}</span>),
  },
]

export default function TeamsPage() {
  const [address] = useAddress()
  const navigate = useNavigate()
  const [adding, add] = useState(false)
  const [name, setName] = useState('')
  const list = useAskPages(teams.list, { limit: 100, ...(address['q'] === undefined ? {} : { q: address['q'] }) })
  const create = useAct(teams.create, { onDone: (team) => void navigate({ to: paths.team(team.id) }) })
  const button = (
    <ActionButton action={teams.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(true)}>
      {t('teams.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('teams.title')}
        searchable
        list={list}
        columns={columns()}
        addressOf={(row) => paths.team(row.id)}
        actions={button}
        empty={{ title: t('teams.empty'), help: t('teams.emptyHelp'), action: button }}
      />
      {adding && (
        <Modal opened onClose={() => add(false)} title={t('teams.add')}>
          <Form
            onSubmit={() => create.mutate({ name })}
            verb={t('teams.add')}
            busy={create.isPending}
            error={create.error}
            onCancel={() => add(false)}
            disabled={name.trim() === ''}
          >
            <TextInput
              label={t('people.name')}
              required
              data-autofocus
              value={name}
              error={fieldError(create.error, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Form>
        </Modal>
      )}
    </>
  )
}
