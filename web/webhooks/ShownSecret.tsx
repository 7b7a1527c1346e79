import { t } from '../platform/i18n.ts'
import { ShownOnce } from '../ui/ShownOnce.tsx'

/** A signing secret, the one time it is shown. */
export const ShownSecret = ({ secret, onClose }: { secret: string; onClose: () => void }) => (
  <ShownOnce value={secret} label={t('webhooks.secret')} onClose={onClose}>
    {t('webhooks.once')}
  </ShownOnce>
)
