import { Link } from '@tanstack/react-router'
import type { OwnRequest } from '../../contract/portal.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { When } from './kit.tsx'

/** How far a request is, in one line of words. */
export function progressWords(r: OwnRequest): string {
  if (r.refused) return t('portal.refused')
  if (r.state === 'resolved') return t('portal.solved')
  if (r.state === 'closed') return t('portal.over')
  if (r.approval !== null) return t('portal.approvalBy', { who: r.approval.who.join(', '), stage: r.approval.stage })
  if (r.state === 'waiting_requester') return t('portal.waitsForYou')
  if (r.tasks !== null) return t('portal.tasksDone', { done: r.tasks.done, of: r.tasks.of })
  return r.state === 'new' ? t('portal.received') : t('portal.inWork')
}

/** Requests as a list of cards. */
export function Requests({ items }: { items: readonly OwnRequest[] }) {
  return (
    <ul className="cards">
      {items.map((r) => (
        <li key={r.id}>
          <Link to={paths.portalRequest(r.reference)}>
            <b>{r.title}</b>
            <span className="soft">{progressWords(r)}</span>
            {r.tasks !== null && r.approval === null && r.state !== 'closed' && (
              <progress max={r.tasks.of} value={r.tasks.done} aria-label={progressWords(r)} />
            )}
            <span className="label">
              {r.reference}
              {r.dueAt !== null && (
                <>
                  {' · '}
                  <span data-late={r.late}>
                    {t(r.late ? 'portal.wasDue' : 'portal.due')} <When at={r.dueAt} />
                  </span>
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
