import { IconAlertTriangle, IconCheck, IconClock, IconPlayerStop, IconProgress } from '@tabler/icons-react'
import type { ImportRun } from '../../contract/imports.ts'
import { t } from '../platform/i18n.ts'

const icons = {
  waiting: IconClock,
  running: IconProgress,
  done: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconPlayerStop,
}

export function RunStatus({ run }: { run: Pick<ImportRun, 'status' | 'progress' | 'dryRun'> }) {
  const Icon = icons[run.status]
  const words =
    run.status === 'running'
      ? t('imports.running', { percent: Math.floor(run.progress * 100) })
      : t(`imports.status.${run.status}`)
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', verticalAlign: 'bottom', gap: 6 }}>
      <Icon size={15} aria-hidden />
      {words}
      {run.dryRun && <span className="soft">{t('imports.dryRun')}</span>}
    </span>
  )
}
