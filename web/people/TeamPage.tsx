import { ActionIcon, Checkbox, Modal, Stack, Table, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { teams, type Team } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Named } from '../ui/Initials.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import { PersonChoice } from './PersonChoice.tsx'
import { PersonField } from './PersonField.tsx'

const crumbs = () => [{ title: t('teams.title'), to: paths.teams }]

export default function TeamPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(teams.show, { id })
  if (asked.data !== undefined) return <TeamView team={asked.data} />
  return (
    <Page title={t('team.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function TeamView({ team }: { team: Team }) {
  const [open, setOpen] = useState<'edit' | 'add' | 'close' | null>(null)
  const shut = (): void => setOpen(null)
  const setMember = useAct(teams.setMember)
  const remove = useAct(teams.removeMember)
  const edit = useAct(teams.edit, { onDone: shut })
  const refused = useRefusal(teams.setMember, team.refusals)
  return (
    <Page
      title={team.name}
      crumbs={crumbs()}
      shape="read"
      figure={team.active ? t('teams.size', { n: team.members.length }) : t('teams.closed')}
      actions={
        <>
          <ActionButton action={teams.edit} refusals={team.refusals} variant="default" onClick={() => setOpen('edit')}>
            {t('edit')}
          </ActionButton>
          {team.active ? (
            <ActionButton
              action={teams.edit}
              refusals={team.refusals}
              variant="default"
              onClick={() => setOpen('close')}
            >
              {t('teams.close')}
            </ActionButton>
          ) : (
            <ActionButton
              action={teams.edit}
              refusals={team.refusals}
              onClick={() => edit.mutate({ id: team.id, version: team.version, active: true }, { onError: tellFailed })}
            >
              {t('teams.reopen')}
            </ActionButton>
          )}
          <ActionButton action={teams.setMember} refusals={team.refusals} onClick={() => setOpen('add')}>
            {t('teams.addMember')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('teams.about')}>
          <Facts
            entries={[
              [
                t('teams.lead'),
                team.lead === null ? null : (
                  <Link key="l" to={paths.person(team.lead.id)}>
                    {team.lead.name}
                  </Link>
                ),
              ],
              [
                t('teams.queues'),
                team.queues.length === 0
                  ? null
                  : team.queues.map((queue, i) => (
                      <span key={queue.id}>
                        {i > 0 && ', '}
                        <Link to={paths.tickets} search={{ view: 'open', queue: queue.id }}>
                          {queue.name}
                        </Link>
                      </span>
                    )),
              ],
            ]}
          />
        </Section>
        <Section title={t('teams.members')}>
          {team.members.length === 0 ? (
            <p className="soft">{t('teams.nobody')}</p>
          ) : (
            <Table verticalSpacing={3} aria-label={t('teams.members')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('people.name')}</Table.Th>
                  <Table.Th>{t('teams.confidential')}</Table.Th>
                  <Table.Th>
                    <span className="unseen">{t('remove')}</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {team.members.map((member) => (
                  <Table.Tr key={member.id}>
                    <Table.Td>
                      <Link to={paths.person(member.id)}>
                        <Named name={member.name} />
                      </Link>
                    </Table.Td>
                    <Table.Td>
                      <Checkbox
                        size="xs"
                        aria-label={t('teams.confidentialFor', { name: member.name })}
                        checked={member.confidential}
                        disabled={refused !== null}
                        onChange={(event) =>
                          setMember.mutate(
                            { id: team.id, person: member.id, confidential: event.currentTarget.checked },
                            { onError: tellFailed },
                          )
                        }
                      />
                    </Table.Td>
                    <Table.Td align="right">
                      {refused === null && (
                        <ActionIcon
                          size={24}
                          aria-label={t('teams.remove', { name: member.name })}
                          onClick={() => remove.mutate({ id: team.id, person: member.id }, { onError: tellFailed })}
                        >
                          <IconX size={14} />
                        </ActionIcon>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Section>
      </div>
      {open === 'add' && (
        <PersonChoice
          title={t('teams.addMember')}
          onClose={shut}
          onChoose={(person) => {
            shut()
            setMember.mutate({ id: team.id, person }, { onError: tellFailed })
          }}
        />
      )}
      {open === 'edit' && <EditTeam team={team} onClose={shut} />}
      {open === 'close' && (
        <ConfirmAct
          opened
          title={t('teams.closeTitle', { name: team.name })}
          verb={t('teams.close')}
          busy={edit.isPending}
          error={edit.error}
          onConfirm={() => edit.mutate({ id: team.id, version: team.version, active: false })}
          onClose={shut}
        >
          {t('teams.closeHelp')}
        </ConfirmAct>
      )}
    </Page>
  )
}

function EditTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const [name, setName] = useState(team.name)
  const [lead, setLead] = useState(team.lead)
  const edit = useAct(teams.edit, { onDone: onClose })
  return (
    <Modal opened onClose={onClose} title={t('teams.edit', { name: team.name })}>
      <Form
        onSubmit={() => edit.mutate({ id: team.id, version: team.version, name, lead: lead?.id ?? null })}
        verb={t('save')}
        busy={edit.isPending}
        error={edit.error}
        onCancel={onClose}
      >
        <Stack gap="sm">
          <TextInput
            label={t('people.name')}
            required
            data-autofocus
            value={name}
            error={fieldError(edit.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PersonField
            label={t('teams.lead')}
            description={t('teams.leadHelp')}
            value={lead}
            onChange={setLead}
            error={fieldError(edit.error, 'lead')}
          />
        </Stack>
      </Form>
    </Modal>
  )
}
