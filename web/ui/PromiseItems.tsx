import { Link } from '@tanstack/react-router'
import type { PromiseItem } from '../../contract/reports.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { clockKind } from './ClockChip.tsx'
import { Moment } from './Moment.tsx'
import classes from './AsIf.module.css'

/** Promises, one a line, each leading to its ticket. */
export const PromiseItems = ({ items }: { items: readonly PromiseItem[] }) => (
  <ul className={classes['items']}>
    {items.map((item) => (
      <li key={item.commitment}>
        <Link to={paths.ticket(item.ticket.reference)}>{item.ticket.reference}</Link> {item.ticket.title}
        <span className="soft">
          {' '}
          {t('reports.item', {
            kind: clockKind(item.kind),
            outcome: item.missed ? 'missed' : 'kept',
            queue: item.queue.name,
            assignee: item.assignee?.name ?? 'none',
            worked: item.workedSeconds === null ? 'none' : exactSpan(item.workedSeconds),
          })}{' '}
          <Moment at={item.at} as="nearby" />
        </span>
      </li>
    ))}
  </ul>
)
