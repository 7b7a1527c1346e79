import { Group, Select } from '@mantine/core'
import { useState } from 'react'
import { jobs, type JobShown } from '../../contract/operations.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { SystemTabs } from './tabs.tsx'

const states: readonly JobShown['state'][] = ['waiting', 'later', 'running', 'retrying', 'failed']

/** Work that waits, runs or failed; what failed says why, and can be tried again or given up. */
export default function JobsPage() {
  const [address, change] = useAddress()
  const state = states.find((one) => one === address['state'])
  const list = useAskPages(jobs.list, { limit: 100, ...(state === undefined ? {} : { state }) })
  const [giving, give] = useState<JobShown | null>(null)
  const retry = useAct(jobs.retry, { onDone: () => tellDone(t('jobs.retried')) })
  const giveUp = useAct(jobs.giveUp, {
    onDone: () => {
      give(null)
      tellDone(t('jobs.givenUp'))
    },
  })
  const columns: Column<JobShown>[] = [
    {
      id: 'title',
      title: t('jobs.what'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <b style={{ fontWeight: 500 }}>{row.title}</b> <span className="soft">{row.error}</span>
        </>
      ),
    },
    { id: 'state', title: t('jobs.state'), width: 130, render: (row) => t(`jobs.state.${row.state}`) },
    {
      id: 'attempts',
      title: t('jobs.attempts'),
      width: 100,
      align: 'right',
      render: (row) => t('jobs.attemptsOf', { n: number(row.attempts), most: number(row.maxAttempts) }),
    },
    { id: 'runAt', title: t('jobs.runAt'), width: 130, render: (row) => <Moment at={row.runAt} as="nearby" /> },
    {
      id: 'acts',
      title: t('jobs.acts'),
      bare: true,
      width: 210,
      render: (row) => (
        <Group gap={6} wrap="nowrap">
          <ActionButton
            action={jobs.retry}
            refusals={row.refusals}
            size="compact-xs"
            variant="default"
            onClick={() => retry.mutate({ id: row.id }, { onError: tellFailed })}
          >
            {t('jobs.retry')}
            <span className="unseen"> {row.id}</span>
          </ActionButton>
          <ActionButton
            action={jobs.giveUp}
            refusals={row.refusals}
            size="compact-xs"
            variant="default"
            onClick={() => give(row)}
          >
            {t('jobs.giveUp')}
            <span className="unseen"> {row.id}</span>
          </ActionButton>
        </Group>
      ),
    },
  ]
  return (
    <>
      <ListPage
        title={t('jobs.title')}
        tabs={<SystemTabs current="jobs" />}
        list={list}
        columns={columns}
        narrowed={state !== undefined}
        filters={
          <Select
            size="xs"
            w={190}
            clearable
            aria-label={t('jobs.state')}
            placeholder={t('jobs.any')}
            data={states.map((value) => ({ value, label: t(`jobs.state.${value}`) }))}
            value={state ?? null}
            onChange={(next) => change({ state: next ?? undefined })}
          />
        }
        empty={{ title: t('jobs.empty'), help: t('jobs.emptyHelp') }}
      />
      {giving !== null && (
        <ConfirmAct
          opened
          title={t('jobs.giveUpTitle')}
          verb={t('jobs.giveUp')}
          busy={giveUp.isPending}
          error={giveUp.error}
          onConfirm={() => giveUp.mutate({ id: giving.id })}
          onClose={() => give(null)}
        >
          <p>{t('jobs.giveUpHelp', { title: giving.title })}</p>
        </ConfirmAct>
      )}
    </>
  )
}
