import { commitments } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { tellDone } from '../ui/told.ts'

/** Release a promise, with a reason that stays in the log. A breach stays a breach. */
export function WaiveDialog({
  commitment,
  title,
  onClose,
  onDone,
}: {
  commitment: string
  title: string
  onClose: () => void
  onDone?: () => void
}) {
  const waive = useAct(commitments.waive, {
    onDone: () => {
      tellDone(t('waive.done', { what: title }))
      onDone?.()
      onClose()
    },
  })
  return (
    <ConfirmAct
      opened
      title={t('waive.title', { what: title })}
      verb={t('waive.verb')}
      reason={{ label: t('waive.reason'), required: true, minimum: 3 }}
      busy={waive.isPending}
      error={waive.error}
      onConfirm={(reason) => waive.mutate({ id: commitment, reason })}
      onClose={onClose}
    >
      <p className="soft" style={{ margin: 0 }}>
        {t('waive.help')}
      </p>
    </ConfirmAct>
  )
}
