import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { Moment } from '../ui/Moment.tsx'
import { useMyDrafts } from '../tickets/my-drafts.ts'

/** What the reader has begun to write and not sent: half an answer is none. */
export function UnsentDrafts() {
  const drafts = useMyDrafts(60_000)
  if (drafts.length === 0) return null
  return (
    <details style={{ padding: '6px 16px', borderBottom: '1px solid var(--line)' }}>
      <summary>{t('drafts.unsent', { n: drafts.length })}</summary>
      <ul style={{ margin: '4px 0', paddingInlineStart: 20 }}>
        {drafts.map((one) => (
          <li key={`${one.ticket.id}${one.public}`} style={{ overflowWrap: 'anywhere' }}>
            <a href={paths.ticket(one.ticket.reference)}>
              {one.ticket.reference} {one.ticket.title}
            </a>{' '}
            <span className="label">
              {t(one.public ? 'drafts.reply' : 'drafts.note')} · <Moment at={one.keptAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
