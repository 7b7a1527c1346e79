import type { TimelineEntry } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { AskedPages, type Pages } from './AskedPages.tsx'
import classes from './History.module.css'
import { Moment } from './Moment.tsx'

/** Everything that happened to a record, newest first, page after page. */
export const History = ({ of: history }: { of: Pages<TimelineEntry> }) => (
  <AskedPages of={history} more={t('conversation.earlier')}>
    {(entries) => (
      <ol className={classes['history']}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className={classes['when']}>
              <Moment at={entry.at} as="nearby" />
            </span>
            <span>
              <b>{entry.by.name}</b> {entry.event?.sentence}
            </span>
          </li>
        ))}
      </ol>
    )}
  </AskedPages>
)
