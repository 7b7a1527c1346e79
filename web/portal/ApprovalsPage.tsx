import { approvals } from '../../contract/approvals.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { ApprovalCards } from './approval-cards.tsx'
import { AskedPages, Empty, Sheet, Views } from './kit.tsx'

/** What waits for the reader's decision, and what they decided. */
export default function ApprovalsPage() {
  const [address, change] = useAddress()
  const view = address['view'] === 'decided' ? 'decided' : 'waiting'
  const asked = useAskPages(approvals.mine, { view })
  return (
    <Sheet title={t('portal.approvals')}>
      <Views
        title={t('portal.approvals')}
        views={['waiting', 'decided']}
        view={view}
        onChange={(one) => change({ view: one })}
      />
      <AskedPages
        of={asked}
        empty={<Empty title={t(view === 'waiting' ? 'portal.noApprovals' : 'portal.noDecisions')} />}
      >
        {(items) => <ApprovalCards items={items} />}
      </AskedPages>
    </Sheet>
  )
}
