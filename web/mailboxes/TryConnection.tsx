import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconPlugConnected, IconX } from '@tabler/icons-react'
import { type Mailbox, mailboxes, type Tried } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { FailureNote } from '../ui/Form.tsx'
import classes from './Mailboxes.module.css'
import { canReach, reachedSent, type ReachedValues } from './reached.ts'

const icons = { good: IconCheck, warning: IconAlertTriangle, bad: IconX }

/** Tries how a mailbox is reached with what stands in the form, and tells how far it came. What was typed since is not what was tried: the answer goes. */
export function TryConnection({ form, mailbox }: { form: ReachedValues; mailbox: Mailbox | null }) {
  const act = useAct(mailboxes.tryConnection)
  const given = { ...(mailbox === null ? {} : { id: mailbox.id }), ...reachedSent(form) }
  const isOfThis = JSON.stringify(act.variables) === JSON.stringify(given)
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlugConnected size={14} aria-hidden />}
        loading={act.isPending}
        disabled={!canReach(form)}
        onClick={() => act.mutate(given)}
      >
        {t('mailboxes.try')}
      </Button>
      <span className="label" style={{ marginInlineStart: 10 }}>
        {t('mailboxes.tryHelp')}
      </span>
      {isOfThis && <FailureNote error={act.error} />}
      <div aria-live="polite">{isOfThis && act.data !== undefined && <TriedSteps tried={act.data} />}</div>
    </div>
  )
}

const TriedSteps = ({ tried }: { tried: Tried }) => (
  <section className={classes['tried']} aria-label={t('mailboxes.tried')}>
    <b>{t(tried.works ? 'mailboxes.tryWorks' : 'mailboxes.tryFails')}</b>
    <ol>
      {tried.steps.map(({ step, state, sentence }, at) => {
        const Icon = icons[state]
        return (
          <li key={at} data-state={state}>
            <Icon size={15} aria-hidden />
            <span>
              <span className="unseen">{t(`mailboxes.tried.${state}`)}: </span>
              <b>{t(`mailboxes.tried.${step}`)}</b> {sentence}
            </span>
          </li>
        )
      })}
    </ol>
  </section>
)
