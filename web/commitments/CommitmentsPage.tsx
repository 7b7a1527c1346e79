import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Commitment, commitments } from '../../contract/commitments.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ClockChip, clockKind } from '../ui/ClockChip.tsx'
import type { Column } from '../ui/columns.ts'
import { Named } from '../ui/Initials.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { CompleteDialog, MakeDialog } from './later.ts'
import { CommitmentTabs } from './tabs.tsx'

export const addressOfCommitment = (row: Commitment): string =>
  row.byHand === null
    ? (addressOfSubject(row.subject) ?? paths.commitment(row.id))
    : paths.commitment(row.byHand.reference)

const views = {
  mine: { owner: 'me', snoozed: false },
  late: { owner: 'me', late: true, snoozed: false },
  aside: { owner: 'me', snoozed: true },
  all: { by_hand: true },
} as const
type View = keyof typeof views
const isView = (text: string | undefined): text is View => text !== undefined && text in views

/** Everything that has a due moment and an owner, the earliest first. */
export default function CommitmentsPage() {
  const [address] = useAddress()
  const view = isView(address['view']) ? address['view'] : 'mine'
  const [making, make] = useState(false)
  const [done, complete] = useState<Commitment | null>(null)
  const list = useAskPages(commitments.list, { limit: 100, ...views[view] })
  const columns: Column<Commitment>[] = [
    {
      id: 'what',
      title: t('byHand.what'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <span className="soft figures">{row.byHand?.reference ?? row.subject.reference}</span>{' '}
          <span style={{ fontWeight: 500 }}>{row.byHand?.title ?? row.subject.title}</span>
        </>
      ),
    },
    { id: 'kind', title: t('byHand.kind'), width: 130, render: (row) => clockKind(row.kind) },
    {
      id: 'about',
      title: t('byHand.about'),
      width: 150,
      weight: 0.5,
      render: (row) => (row.byHand !== null && row.subject.kind !== 'commitment' ? row.subject.reference : null),
    },
    { id: 'due', title: t('byHand.due'), width: 170, weight: 3, render: (row) => <ClockChip face={row} /> },
    { id: 'owner', title: t('byHand.owner'), width: 170, render: (row) => <Named name={row.owner.name} /> },
    {
      id: 'verb',
      title: t('byHand.done'),
      width: 80,
      bare: true,
      render: (row) =>
        row.byHand === null ? null : (
          <ActionButton
            action={commitments.complete}
            refusals={row.refusals}
            size="compact-xs"
            variant="default"
            onClick={() => complete(row)}
          >
            {t('byHand.done')}
            <span className="unseen"> {row.byHand.reference}</span>
          </ActionButton>
        ),
    },
  ]
  const button = (
    <ActionButton action={commitments.make} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => make(true)}>
      {t('byHand.make')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('commitments.title')}
        tabs={<CommitmentTabs current={view} />}
        list={list}
        columns={columns}
        addressOf={addressOfCommitment}
        actions={button}
        empty={{ title: t(`commitments.empty.${view}`), help: t('commitments.emptyHelp'), action: button }}
      />
      {making && <MakeDialog onClose={() => make(false)} />}
      {done?.byHand != null && (
        <CompleteDialog
          commitment={done.id}
          title={done.byHand.title}
          version={done.version}
          needsEvidence={done.byHand.needsEvidence}
          onClose={() => complete(null)}
        />
      )}
    </>
  )
}
