import { NumberInput, Select, Table } from '@mantine/core'
import type { Answer } from '../../contract/action.ts'
import { useState } from 'react'
import { queues, ticketSetup, type Queue } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { levelWord, priorityWord } from '../tickets/words.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { QueueForm } from './QueueForm.tsx'
import { OrganisationTabs } from './tabs.tsx'

export default function OrganisationPage() {
  const known = useAsk(queues.list, {})
  const setup = useAsk(ticketSetup.show, {})
  const [open, setOpen] = useState<Queue | 'new' | null>(null)
  return (
    <Page
      title={t('organisation.title')}
      crumbs={[]}
      shape="read"
      tabs={<OrganisationTabs current="queues" />}
      actions={
        <ActionButton action={queues.create} onClick={() => setOpen('new')}>
          {t('queues.add')}
        </ActionButton>
      }
    >
      <div>
        <Section title={t('queues.title')}>
          <Asked question={known}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyView title={t('queues.empty')}>{t('queues.emptyHelp')}</EmptyView>
              ) : (
                <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('queues.title')}>
                  <Table verticalSpacing={4} aria-label={t('queues.title')}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{t('calendars.name')}</Table.Th>
                        <Table.Th>{t('teams.title')}</Table.Th>
                        <Table.Th ta="right">{t('queues.open')}</Table.Th>
                        <Table.Th>
                          <span className="unseen">{t('edit')}</span>
                        </Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {items.map((queue) => (
                        <Table.Tr key={queue.id}>
                          <Table.Td>
                            <b style={{ fontWeight: 500 }}>{queue.name}</b>{' '}
                            {queue.isDefault && <span className="soft">{t('queues.default')}</span>}{' '}
                            {!queue.active && <span className="soft">{t('vendors.retired')}</span>}
                          </Table.Td>
                          <Table.Td>{queue.teams.map((team) => team.name).join(', ')}</Table.Td>
                          <Table.Td ta="right" className="figures">
                            {count(queue.open, queue.openCapped)}
                          </Table.Td>
                          <Table.Td align="right">
                            <ActionButton
                              size="compact-xs"
                              variant="default"
                              action={queues.edit}
                              refusals={queue.refusals}
                              onClick={() => setOpen(queue)}
                            >
                              {t('edit')}
                              <span className="unseen"> {queue.name}</span>
                            </ActionButton>
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </div>
              )
            }
          </Asked>
        </Section>
        <Section title={t('matrix.title')}>
          <Asked question={setup}>{(answer) => <Matrix key={answer.version} setup={answer} />}</Asked>
        </Section>
      </div>
      {open !== null && <QueueForm queue={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

/** Impact down, urgency across: the priority of each pair, and how long a ticket may be reopened. */
function Matrix({ setup }: { setup: Answer<typeof ticketSetup.show> }) {
  const [matrix, setMatrix] = useState(setup.matrix)
  const [days, setDays] = useState(setup.reopenDays)
  const edit = useAct(ticketSetup.edit, { onDone: () => tellDone(t('matrix.saved')) })
  const put = (i: number, u: number, priority: number): void =>
    setMatrix(matrix.map((row, r) => (r === i ? row.map((cell, c) => (c === u ? priority : cell)) : row)))
  return (
    <Form
      onSubmit={() => edit.mutate({ matrix, reopenDays: days, version: setup.version })}
      verb={t('save')}
      busy={edit.isPending}
      error={edit.error}
    >
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('matrix.title')}>
        <Table withRowBorders={false} verticalSpacing={4} aria-label={t('matrix.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <span className="unseen">{t('ticket.field.impact')}</span>
              </Table.Th>
              {[1, 2, 3].map((urgency) => (
                <Table.Th key={urgency}>{t('matrix.urgency', { level: levelWord(urgency) })}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {matrix.map((row, i) => (
              <Table.Tr key={i}>
                <Table.Th scope="row" fw={500}>
                  {t('matrix.impact', { level: levelWord(i + 1) })}
                </Table.Th>
                {row.map((cell, u) => (
                  <Table.Td key={u}>
                    <Select
                      size="xs"
                      miw={130}
                      aria-label={t('priorityChoice.option', { impact: levelWord(i + 1), urgency: levelWord(u + 1) })}
                      data={[1, 2, 3, 4, 5].map((p) => ({ value: String(p), label: priorityWord(p) }))}
                      value={String(cell)}
                      onChange={(value) => put(i, u, Number(value))}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <NumberInput
        mt="sm"
        maw={260}
        label={t('matrix.reopen')}
        description={t('matrix.reopenHelp')}
        min={0}
        max={365}
        value={days}
        onChange={(value) => setDays(Number(value) || 0)}
      />
    </Form>
  )
}
