import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ratings, type Mark } from '../../contract/ratings.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './Marks.module.css'

/** A figure of the report that was chosen. */
export interface ChosenMarks {
  queue: { id: string; name: string }
  which: 'rated' | 'bad'
}

/** What requesters said, the latest first: all of it, or what is behind the figure that was chosen. */
export function Marks({
  from,
  to,
  chosen,
  onAll,
}: {
  from: string
  to: string
  chosen: ChosenMarks | null
  onAll: () => void
}) {
  const asked = useAskPages(ratings.marks, {
    from,
    to,
    limit: 50,
    ...(chosen === null ? {} : { queue: chosen.queue.id, bad: chosen.which === 'bad' }),
  })
  return (
    <Section
      title={chosen === null ? t('ratings.said') : t(`ratings.said.${chosen.which}`, { name: chosen.queue.name })}
      actions={
        chosen !== null && (
          <Button variant="subtle" size="compact-sm" onClick={onAll}>
            {t('ratings.all')}
          </Button>
        )
      }
    >
      <AskedPages of={asked} empty={t('ratings.nobody')}>
        {(items) => (
          <ul className={classes['marks']}>
            {items.map((mark) => (
              <Said key={mark.ticket.id} mark={mark} />
            ))}
          </ul>
        )}
      </AskedPages>
    </Section>
  )
}

const Said = ({ mark }: { mark: Mark }) => (
  <li>
    <div>
      <strong>{t('ticket.markOf', { score: mark.score })}</strong>
      <span className="soft">
        {' · '}
        {mark.by.name} · <Moment at={mark.at} as="nearby" /> · {mark.queue.name}
      </span>
    </div>
    {mark.words !== '' && <p>{mark.words}</p>}
    <div>
      <Link to={paths.ticket(mark.ticket.reference)}>{mark.ticket.reference}</Link> {mark.ticket.title}
    </div>
  </li>
)
