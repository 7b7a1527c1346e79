import { type Audit, assetAudits } from '../../contract/asset-audits.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { tellDone } from '../ui/told.ts'

export type Step = 'start' | 'end' | 'close' | 'cancel' | 'leaveRest'

/** Each step of an audit says what will happen and asks once. */
export function AuditSteps({ audit, step, onClose }: { audit: Audit; step: Step; onClose: () => void }) {
  const { id, version, name } = audit
  const done = (words: string) => () => {
    tellDone(words)
    onClose()
  }
  const start = useAct(assetAudits.start, {
    onDone: ({ counts }) =>
      done(counts.expected === null ? t('audit.startedBlind') : t('audit.started', { n: counts.expected }))(),
  })
  const end = useAct(assetAudits.endScanning, { onDone: done(t('audit.ended')) })
  const close = useAct(assetAudits.close, { onDone: done(t('audit.closed')) })
  const cancel = useAct(assetAudits.cancel, { onDone: done(t('audit.cancelled')) })
  const leave = useAct(assetAudits.leaveRest, { onDone: done(t('audit.leftRest')) })
  const acts = { start, end, close, cancel, leaveRest: leave }
  const confirm = (reason: string): void => {
    if (step === 'start') start.mutate({ id, version })
    else if (step === 'end') end.mutate({ id })
    else if (step === 'close') close.mutate({ id })
    else if (step === 'cancel') cancel.mutate({ id, reason })
    else leave.mutate({ id, reason })
  }
  const asksWhy = step === 'cancel' || step === 'leaveRest'
  return (
    <ConfirmAct
      opened
      title={t(`audit.${step}Title`, { name })}
      verb={t(`audit.${step}`)}
      {...(asksWhy ? { reason: { label: t('audit.reason'), required: true, minimum: 3 } } : {})}
      busy={acts[step].isPending}
      error={acts[step].error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t(`audit.${step}Help`, { n: audit.counts.unsettled ?? 0 })}
    </ConfirmAct>
  )
}
