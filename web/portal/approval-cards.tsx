import { Link } from '@tanstack/react-router'
import type { ApprovalRow } from '../../contract/approvals.ts'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { When } from './kit.tsx'

/** What waits for a decision, or was decided. */
export function ApprovalCards({ items }: { items: readonly ApprovalRow[] }) {
  return (
    <ul className="cards">
      {items.map((a) => (
        <li key={a.id}>
          <Link to={paths.portalApproval(a.id)}>
            <b>{a.title}</b>
            <span className="soft">
              {[a.requester?.name ?? a.askedBy, a.amount === null ? '' : money(a.amount.minor, a.amount.currency)]
                .filter((word) => word !== '')
                .join(' · ')}
            </span>
            <span className="label">
              {a.reference} · {a.mine === null || a.mine === 'asked' ? t('portal.asksYou') : t(`portal.said.${a.mine}`)}
              {a.dueAt !== null && (
                <>
                  {' · '}
                  {t('portal.answerBy')} <When at={a.dueAt} />
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
