import { Button } from '@mantine/core'
import { useState } from 'react'
import { type AskedPerson, type Attestation, attestations } from '../../contract/attestations.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { DataTable } from '../ui/DataTable.tsx'
import classes from '../ui/FilteredList.module.css'
import { later } from '../ui/later.tsx'
import { Moment } from '../ui/Moment.tsx'
import { EmptyView, ErrorView, Loading } from '../ui/StateViews.tsx'

const AnswerForDialog = later(async () => (await import('./AnswerForDialog.tsx')).AnswerForDialog)

/** How far each person is. */
export function People({ campaign }: { campaign: Attestation }) {
  const list = useAskPages(attestations.people, { id: campaign.id, limit: 100 })
  const [answering, answer] = useState<AskedPerson | null>(null)
  const mayAnswer = campaign.refusals['answerFor'] === null
  const columns: Column<AskedPerson>[] = [
    { id: 'person', title: t('attestation.person'), width: 'grow', main: true, render: (row) => row.person.name },
    {
      id: 'answered',
      title: t('attestation.answered'),
      width: 130,
      render: (row) => t('attestation.answeredOf', { answered: number(row.answered), items: number(row.items) }),
    },
    {
      id: 'unsettled',
      title: t('attestations.unsettled'),
      width: 110,
      render: (row) => (row.unsettled === 0 ? null : t('attestation.toSettle', { n: row.unsettled })),
    },
    {
      id: 'done',
      title: t('attestation.done'),
      width: 260,
      render: (row) =>
        row.doneAt === null ? (
          <span className="soft">{t('attestation.notDone')}</span>
        ) : (
          <span>
            <Moment at={row.doneAt} as="nearby" />
            {row.forThem && <span className="soft"> {t('attestation.doneBy', { name: row.doneBy ?? '' })}</span>}
          </span>
        ),
    },
    ...(mayAnswer
      ? [
          {
            id: 'acts',
            title: t('attestation.answerFor'),
            bare: true,
            width: 150,
            render: (row: AskedPerson) => (
              <Button size="compact-xs" variant="default" onClick={() => answer(row)}>
                {t('attestation.answerFor')}
                <span className="unseen"> {row.person.name}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <div className={classes['list']}>
      {list.data === undefined && list.error !== null ? (
        <ErrorView error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Loading rows={10} />
      ) : list.items.length === 0 ? (
        <EmptyView title={t('attestation.people.empty')}>{t('attestation.people.emptyHelp')}</EmptyView>
      ) : (
        <DataTable
          label={t('attestation.tab.people')}
          rows={list.items}
          rowId={(row) => row.id}
          columns={columns}
          more={list.hasNextPage && !list.isFetchingNextPage}
          onEnd={() => void list.fetchNextPage()}
        />
      )}
      {answering !== null && (
        <AnswerForDialog campaign={campaign} person={answering.person} onClose={() => answer(null)} />
      )}
    </div>
  )
}
