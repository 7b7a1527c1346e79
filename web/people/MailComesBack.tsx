import { Alert } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { mail } from '../../contract/mail.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'

/** For whoever keeps the mail: that an address of this person sends mail back, in whose words, and the way to clear it. */
export function MailComesBack({ person }: { person: string }) {
  const keeps = useMay('mail.manage')
  const asked = useAsk(mail.bouncing, { person, limit: 10 }, { enabled: keeps })
  const clear = useAct(mail.clearBouncing, { onDone: ({ address }) => tellDone(t('person.mailedAgain', { address })) })
  return (asked.data?.items ?? []).map((one) => (
    <Alert
      key={one.id}
      role="status"
      color="orange"
      variant="light"
      mb="sm"
      icon={<IconMailOff size={16} aria-hidden />}
      title={t('person.bouncing', { address: one.address })}
      styles={{ title: { color: 'var(--ink)' }, message: { color: 'var(--ink)' } }}
    >
      <p style={{ overflowWrap: 'anywhere' }}>
        {one.words} <span className="soft">{t('person.bouncingSince')}</span> <Moment at={one.since} />
      </p>
      <ActionButton
        action={mail.clearBouncing}
        size="compact-sm"
        variant="default"
        loading={clear.isPending}
        onClick={() => clear.mutate({ address: one.address }, { onError: tellFailed })}
      >
        {t('person.mailAgain')}
      </ActionButton>
    </Alert>
  ))
}
