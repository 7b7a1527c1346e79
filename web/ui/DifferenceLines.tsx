import { Link } from '@tanstack/react-router'
import type { Sent } from '../../contract/action.ts'
import { differences } from '../../contract/reconciliation.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Section } from './Facts.tsx'
import { Moment } from './Moment.tsx'
import classes from './CustodyLines.module.css'

/** The open differences of an asset or a device, as a part of its page; nothing where there are none. */
export function DifferenceLines({ of }: { of: Sent<typeof differences.list> }) {
  const asked = useAsk(differences.list, { limit: 50, ...of })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('differences.section')}>
      <ul className={classes['lines']}>
        {items.map((f) => (
          <li key={f.id}>
            <Link to={paths.difference(f.id)}>{t(`differences.kind.${f.kind}`)}</Link> {f.seen}{' '}
            <span className="soft">
              {t('differences.sinceWord')} <Moment at={f.since} as="nearby" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
