import { type Audit, assetAudits } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import { Facts, Section } from '../ui/Facts.tsx'
import { History } from '../ui/History.tsx'
import { shareOf, scopeWords } from './words.tsx'

/** What an audit is, and everything that happened to it. */
export function AuditAbout({ audit }: { audit: Audit }) {
  const history = useAskPages(assetAudits.history, { id: audit.id, limit: 50 })
  return (
    <div>
      <Section title={t('audit.title')}>
        <Facts
          entries={[
            [t('audits.name'), `${audit.reference} ${audit.name}`],
            [t('audits.scope'), scopeWords(audit)],
            [t('audits.classes'), audit.classes.map((one) => t(`assets.class.${one}`)).join(', ')],
            [t('audits.owner'), audit.owner.name],
            [t('audits.planned'), plainDay(audit.plannedOn)],
            [t('audits.due'), plainDay(audit.dueOn)],
            [t('audits.interval'), audit.intervalMonths],
            [t('audits.result'), shareOf(audit)],
            [t('audits.note'), audit.note],
          ]}
        />
      </Section>
      <Section title={t('audit.history')}>
        <History of={history} />
      </Section>
    </div>
  )
}
