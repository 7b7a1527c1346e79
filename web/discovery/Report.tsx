import type { Inventory } from '../../contract/discovery.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { Moment } from '../ui/Moment.tsx'

/** One report as it came: what it changed, and where it departs from the published form. */
export function Report({ report, mayTakeIt }: { report: Inventory; mayTakeIt: boolean }) {
  const parts = [
    t(`report.outcome.${report.outcome}`),
    report.partial ? t('report.partial') : null,
    report.sections.length > 0 ? t('report.sections', { n: report.sections.length }) : null,
    report.programsAdded > 0 ? t('report.added', { n: report.programsAdded }) : null,
    report.programsGone > 0 ? t('report.gone', { n: report.programsGone }) : null,
    t('report.size', { n: number(Math.max(1, Math.round(report.size / 1024))) }),
  ].filter((part) => part !== null)
  return (
    <div style={{ padding: '6px 0', borderTop: '1px solid var(--line)' }}>
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap' }}>
        <span className="soft" style={{ flex: '0 0 110px' }}>
          <Moment at={report.receivedAt} as="nearby" />
        </span>
        <span style={{ flex: 1 }}>{parts.join(' · ')}</span>
        {mayTakeIt && (
          <a href={`/api/v1/inventories/${report.id}/raw`} download>
            {t('report.raw')}
          </a>
        )}
      </div>
      {report.violationCount > 0 && (
        <details>
          <summary>{t('report.violations', { n: report.violationCount })}</summary>
          <ul style={{ margin: '4px 0', paddingInlineStart: 18, overflowWrap: 'anywhere' }}>
            {report.violations.map((one) => (
              <li key={`${one.path} ${one.message}`}>
                <code>{one.path === '' ? '/' : one.path}</code> {one.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
