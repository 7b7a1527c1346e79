import { IconTrendingUp, IconUserExclamation } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { unusual } from '../../contract/today.ts'
import { t } from '../platform/i18n.ts'
import classes from './TodayPage.module.css'

/** Out of the ordinary: a category against its own history, a person with too much. */
export function Unusual({ items }: { items: z.output<typeof unusual>[] }) {
  if (items.length === 0) return null
  return (
    <section className={classes['section']} aria-labelledby="head-unusual">
      <h2 id="head-unusual" className={classes['heading']} data-section="unusual">
        {t('today.section.unusual')} <span className={classes['total']}>{items.length}</span>
      </h2>
      <ul className={classes['lines']}>
        {items.map((item) => (
          <li key={item.sentence} className={`${classes['line'] ?? ''} ${classes['unusual'] ?? ''}`}>
            {item.kind === 'overload' ? (
              <IconUserExclamation size={15} aria-hidden />
            ) : (
              <IconTrendingUp size={15} aria-hidden />
            )}
            <span className={classes['sentence']}>{item.sentence}</span>
            <Link
              className={classes['link']}
              to="/tickets"
              search={{
                view: 'open',
                ...(item.category === null ? {} : { category: item.category.id }),
                ...(item.person === null ? {} : { assignee: item.person.id }),
              }}
            >
              {t('today.seeThem')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
