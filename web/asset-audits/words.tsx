import type { Audit, AuditRow } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'

/** What an audit is of. */
export const scopeWords = ({ scope }: Audit): string =>
  scope.kind === 'everything' ? t('audits.everything') : scope.name

/** `94 %`; less than all is never shown as all. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${share < 1 ? Math.min(99.9, Math.round(share * 1000) / 10) : 100} %`

/** How much of what an audit looked at was as recorded; nothing while that may not be known, or is not. */
export function shareOf({ counts, state }: Audit): string | null {
  if (counts.found === null || state === 'planned' || state === 'cancelled') return null
  const all = counts.found + (counts.missing ?? 0) + (counts.elsewhere ?? 0) + (counts.new ?? 0)
  return all === 0 ? null : percent(counts.found / all)
}

export const stateWords = (audit: Audit): string =>
  t('audit.figure', { state: t(`audits.state.${audit.state}`), blind: String(audit.blind) })

/** The count of a tab; nothing where the reader may not know it. */
export const tabCount = (n: number | null): { count?: string } => (n === null ? {} : { count: count(n) })

/** Tag and name of a thing, or the code nobody knows. */
export const ThingWords = ({ row }: { row: Pick<AuditRow, 'label' | 'asset'> }) => (
  <>
    <b style={{ fontWeight: 500 }}>{row.asset?.tag ?? row.label}</b> <span className="soft">{row.asset?.name}</span>
  </>
)

/** Where and with whom the register had it. */
export const RecordedWords = ({ recorded }: Pick<AuditRow, 'recorded'>) => {
  const { location, holder, state } = recorded
  if (state === null) return <span className="soft">–</span>
  return (
    <span title={location?.name}>
      {location?.name ?? <span className="soft">{t('audit.nowhere')}</span>}
      {holder !== null && holder.kind !== 'location' && (
        <span className="soft"> {t('audit.with', { name: holder.name })}</span>
      )}
      {state !== 'deployed' && state !== 'in_stock' && <span className="soft"> · {t(`assets.state.${state}`)}</span>}
    </span>
  )
}
