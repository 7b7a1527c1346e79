import { Link } from '@tanstack/react-router'
import type { Asset } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { Moment } from '../ui/Moment.tsx'

/** When an asset was last found by an audit, by whom and where. */
export function LastAudit({ asset }: { asset: Asset }) {
  const last = asset.lastAudit
  if (last === null) return <span className="soft">{t('asset.neverAudited')}</span>
  return (
    <span>
      <Moment at={last.at} as="nearby" /> {t('asset.auditedBy', { name: last.by })}
      {last.location !== null && <> {t('asset.auditedAt', { place: last.location.name })}</>},{' '}
      <Link to={paths.audit(last.audit.id)}>{last.audit.reference}</Link>
    </span>
  )
}
