import { approvals } from '../../contract/approvals.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { ApprovalCards } from './approval-cards.tsx'
import { Asked, Empty, Sheet } from './kit.tsx'

/** What waits for the reader's decision, and what they decided. */
export default function ApprovalsPage() {
  const [address, change] = useAddress()
  const view = address['view'] === 'decided' ? 'decided' : 'waiting'
  const asked = useAskPages(approvals.mine, { view })
  return (
    <Sheet title={t('portal.approvals')}>
      <div className="views" role="group" aria-label={t('portal.approvals')}>
        {(['waiting', 'decided'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => change({ view: one })}>
            {t(`portal.view.${one}`)}
          </button>
        ))}
      </div>
      <Asked question={{ ...asked, data: asked.data === undefined ? undefined : asked.items }}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t(view === 'waiting' ? 'portal.noApprovals' : 'portal.noDecisions')} />
          ) : (
            <>
              <ApprovalCards items={items} />
              {asked.hasNextPage && (
                <button type="button" onClick={() => void asked.fetchNextPage()}>
                  {t('portal.more')}
                </button>
              )}
            </>
          )
        }
      </Asked>
    </Sheet>
  )
}
