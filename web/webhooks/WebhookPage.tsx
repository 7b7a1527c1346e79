import { Group } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { webhooks } from '../../contract/webhooks.ts'
import { roleWord } from '../people/words.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { NewKeyDialog } from '../ui/NewKeyDialog.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { Deliveries } from './Deliveries.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { standing } from './words.ts'

/** One webhook, and what was sent to it. */
export default function WebhookPage() {
  const { id = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const asked = useAsk(webhooks.show, { id }, { every: 5_000 })
  const [open, setOpen] = useState<'edit' | 'rotate' | 'remove' | null>(null)
  const close = (): void => setOpen(null)
  const test = useAct(webhooks.test, { onDone: () => tellDone(t('webhooks.tested')) })
  const rotate = useAct(webhooks.rotate)
  const remove = useAct(webhooks.remove, { onDone: () => void navigate({ to: paths.webhooks }) })
  return (
    <Page
      title={asked.data?.name ?? t('webhook.title')}
      crumbs={[
        { title: t('system.title'), to: paths.system },
        { title: t('webhooks.title'), to: paths.webhooks },
      ]}
      shape="read"
      actions={
        asked.data === undefined ? undefined : (
          <Group gap="xs">
            <ActionButton
              action={webhooks.test}
              variant="default"
              loading={test.isPending}
              onClick={() => test.mutate({ id }, { onError: tellFailed })}
            >
              {t('webhooks.test')}
            </ActionButton>
            <ActionButton action={webhooks.edit} onClick={() => setOpen('edit')}>
              {t('edit')}
            </ActionButton>
          </Group>
        )
      }
    >
      <Asked question={asked}>
        {(hook) => (
          <div>
            <Facts
              entries={[
                [t('webhooks.url'), hook.url],
                [t('webhooks.types'), hook.types.join(', ')],
                [t('webhooks.role'), roleWord(hook.role)],
                [t('webhooks.standing'), standing(hook)],
                [
                  t('webhooks.lastDelivered'),
                  hook.lastDeliveredAt === null ? null : <Moment key="at" at={hook.lastDeliveredAt} />,
                ],
                ...(hook.rotatedUntil === null
                  ? []
                  : [[t('webhooks.rotatedUntil'), <Moment key="until" at={hook.rotatedUntil} />] as const]),
              ]}
            />
            <Group gap="xs" my="sm">
              <ActionButton
                action={webhooks.rotate}
                size="compact-sm"
                variant="default"
                onClick={() => setOpen('rotate')}
              >
                {t('webhooks.rotate')}
              </ActionButton>
              <ActionButton
                action={webhooks.remove}
                size="compact-sm"
                variant="default"
                onClick={() => setOpen('remove')}
              >
                {t('webhooks.remove')}
              </ActionButton>
            </Group>
            <Section title={t('webhooks.deliveries')}>
              <Deliveries webhook={hook.id} />
            </Section>
            {open === 'edit' && <WebhookForm webhook={hook} onClose={close} />}
          </div>
        )}
      </Asked>
      {open === 'rotate' && (
        <NewKeyDialog
          title={t('webhooks.rotate')}
          verb={t('webhooks.rotateVerb')}
          secret={rotate.data?.secret}
          label={t('webhooks.secret')}
          once={t('webhooks.once')}
          act={rotate}
          onConfirm={() => rotate.mutate({ id })}
          onClose={close}
        >
          {t('webhooks.rotateHelp')}
        </NewKeyDialog>
      )}
      {open === 'remove' && (
        <ConfirmAct
          opened
          title={t('webhooks.removeTitle')}
          verb={t('webhooks.remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id })}
          onClose={close}
        >
          <p>{t('webhooks.removeHelp')}</p>
        </ConfirmAct>
      )}
    </Page>
  )
}
