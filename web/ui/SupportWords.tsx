import type { Support } from '../../contract/life-cycles.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'

/** Until when a release is supported, or since when it is not; with who published it. */
export function SupportWords({ support: s }: { support: Support }) {
  const words =
    s.until === null
      ? t(s.isOver ? 'support.over' : 'support.lasts', { label: s.label })
      : t(s.isOver ? 'support.ended' : 'support.until', { label: s.label, day: plainDay(s.until) })
  return (
    <span title={t('support.source', { source: s.source, day: plainDay(s.asOf) })}>
      {s.isOver ? <b>{words}</b> : words}
      {s.extendedUntil !== null && (
        <span className="soft"> {t('support.extended', { day: plainDay(s.extendedUntil) })}</span>
      )}
    </span>
  )
}
