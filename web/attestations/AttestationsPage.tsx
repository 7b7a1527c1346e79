import { useState } from 'react'
import { type Attestation, attestations } from '../../contract/attestations.ts'
import { AuditsTabs } from '../asset-audits/tabs.tsx'
import { t } from '../platform/i18n.ts'
import { number, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { later } from '../ui/later.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { askedWords } from './words.ts'

const StartDialog = later(async () => (await import('./StartDialog.tsx')).StartDialog)

const columns = (): Column<Attestation>[] => [
  {
    id: 'name',
    title: t('attestations.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{row.reference}</span>
      </>
    ),
  },
  { id: 'asked', title: t('attestations.asked'), width: 240, render: askedWords },
  { id: 'state', title: t('attestations.state'), width: 110, render: (row) => t(`attestations.state.${row.state}`) },
  {
    id: 'progress',
    title: t('attestations.progress'),
    width: 120,
    weight: 2,
    render: ({ counts }) => t('attestations.progressOf', { done: number(counts.done), people: number(counts.people) }),
  },
  {
    id: 'unsettled',
    title: t('attestations.unsettled'),
    width: 100,
    align: 'right',
    render: ({ counts }) => number(counts.unsettled),
  },
  { id: 'due', title: t('attestations.due'), width: 130, render: (row) => plainDay(row.dueOn) },
]

/** Campaigns that ask people whether what they have is still theirs. */
export default function AttestationsPage() {
  const list = useAskPages(attestations.list, { limit: 100 })
  const [starting, start] = useState(false)
  const button = (
    <ActionButton action={attestations.start} onClick={() => start(true)}>
      {t('attestations.start')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('attestations.title')}
        tabs={<AuditsTabs current="campaigns" />}
        actions={button}
        list={list}
        columns={columns()}
        addressOf={(row) => paths.attestation(row.id)}
        empty={{ title: t('attestations.empty'), help: t('attestations.emptyHelp'), action: button }}
      />
      {starting && <StartDialog onClose={() => start(false)} />}
    </>
  )
}
