import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type IncomingMail, incomingMails } from '../../contract/incoming-mails.ts'
import { t } from '../platform/i18n.ts'
import { fileSize } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import classes from './Mailboxes.module.css'
import { IncomingMark } from './Marks.tsx'
import { FilesList, Said, Steps } from './Said.tsx'

/** One message that came in: what it says, what the intake made of it step by step, and what can be decided about it. */
export default function IncomingMailPage() {
  const { id = '' } = useParams({ strict: false })
  const keeps = useMay('mail.manage')
  const asked = useAsk(
    incomingMails.show,
    { id },
    { everyWhile: (mail) => (mail?.state === 'received' ? 2000 : false) },
  )
  return (
    <Page
      title={asked.data?.subject || t('incomingMail.title')}
      crumbs={keeps ? [{ title: t('incoming.title'), to: paths.incoming }] : []}
      shape="read"
      actions={asked.data === undefined ? undefined : <Acts mail={asked.data} />}
    >
      <Asked question={asked}>
        {(mail) => (
          <div>
            <Facts
              entries={[
                [t('incoming.state'), <IncomingMark key="state" state={mail.state} />],
                [
                  t('incoming.from'),
                  mail.from === null
                    ? null
                    : `${mail.from.name === '' ? '' : `${mail.from.name} · `}${mail.from.address}`,
                ],
                [t('incoming.to'), mail.to.join(', ')],
                [
                  t('incoming.mailbox'),
                  keeps ? (
                    <Link key="box" to={paths.mailbox(mail.mailbox.id)}>
                      {mail.mailbox.name}
                    </Link>
                  ) : (
                    mail.mailbox.name
                  ),
                ],
                [t('incoming.at'), <Moment key="at" at={mail.receivedAt} />],
                [
                  t('incoming.ticket'),
                  mail.ticket === null ? null : (
                    <Link key="ticket" to={paths.ticket(mail.ticket.reference)}>
                      {mail.ticket.reference} {mail.ticket.title}
                    </Link>
                  ),
                ],
                [
                  t('incoming.size'),
                  <span key="size">
                    {fileSize(mail.size)}{' '}
                    <a href={`/api/v1/incoming-mails/${mail.id}/raw`} download>
                      {t('incoming.raw')}
                    </a>
                  </span>,
                ],
              ]}
            />
            <Section title={t('incoming.steps')}>
              <Steps steps={mail.steps} />
            </Section>
            <Section title={t('incoming.says')}>
              <Said text={mail.text} />
              <FilesList files={mail.attachments} />
              {mail.problems.map((one) => (
                <p key={one} className="label">
                  {one}
                </p>
              ))}
            </Section>
            <details>
              <summary className={classes['sum']}>{t('incoming.headers')}</summary>
              <dl className={classes['headers']}>
                {mail.headers.map((one, at) => (
                  // the same field may stand there more than once
                  <div key={`${at} ${one.name}`}>
                    <dt>{one.name}</dt>
                    <dd>{one.value}</dd>
                  </div>
                ))}
              </dl>
            </details>
          </div>
        )}
      </Asked>
    </Page>
  )
}

function Acts({ mail }: { mail: IncomingMail }) {
  const [open, setOpen] = useState<'link' | 'refuse' | null>(null)
  const [answer, setAnswer] = useState(false)
  const close = (): void => setOpen(null)
  const done = () => tellDone(t('incoming.decided'))
  const retry = useAct(incomingMails.retry, { onDone: done })
  const asNew = useAct(incomingMails.open, { onDone: done })
  const linkTo = useAct(incomingMails.link, {
    onDone: () => {
      close()
      done()
    },
  })
  const refuse = useAct(incomingMails.refuse, {
    onDone: () => {
      close()
      done()
    },
  })
  const { ticket } = mail
  // nothing is left to decide: what became of it is where to go
  if (mail.state === 'taken' && ticket !== null)
    return (
      <Button variant="default" component={Link} to={paths.ticket(ticket.reference)}>
        {t('incoming.openTicket', { reference: ticket.reference })}
      </Button>
    )
  return (
    <Group gap="xs">
      {ticket !== null && (
        <ActionButton
          action={incomingMails.link}
          refusals={mail.refusals}
          loading={linkTo.isPending}
          onClick={() => linkTo.mutate({ id: mail.id, ticket: ticket.id }, { onError: tellFailed })}
        >
          {t('incoming.linkTo', { reference: ticket.reference })}
        </ActionButton>
      )}
      <ActionButton
        action={incomingMails.retry}
        refusals={mail.refusals}
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ id: mail.id }, { onError: tellFailed })}
      >
        {t('incoming.retry')}
      </ActionButton>
      <ActionButton
        action={incomingMails.open}
        refusals={mail.refusals}
        variant="default"
        loading={asNew.isPending}
        onClick={() => asNew.mutate({ id: mail.id }, { onError: tellFailed })}
      >
        {t('incoming.asNew')}
      </ActionButton>
      <ActionButton
        action={incomingMails.link}
        refusals={mail.refusals}
        variant="default"
        onClick={() => setOpen('link')}
      >
        {t('incoming.link')}
      </ActionButton>
      <ActionButton
        action={incomingMails.refuse}
        refusals={mail.refusals}
        variant="default"
        onClick={() => setOpen('refuse')}
      >
        {t('incoming.refuse')}
      </ActionButton>
      {open === 'link' && (
        <LinkDialog
          busy={linkTo.isPending}
          error={linkTo.error}
          onLink={(reference) => linkTo.mutate({ id: mail.id, ticket: reference })}
          onClose={close}
        />
      )}
      {open === 'refuse' && (
        <ConfirmAct
          opened
          title={t('incoming.refuseTitle')}
          verb={t('incoming.refuse')}
          busy={refuse.isPending}
          error={refuse.error}
          onConfirm={() => refuse.mutate({ id: mail.id, answer })}
          onClose={close}
        >
          <p>{t('incoming.refuseHelp')}</p>
          <Checkbox
            size="xs"
            label={t('incoming.answer')}
            checked={answer}
            onChange={(event) => setAnswer(event.currentTarget.checked)}
          />
        </ConfirmAct>
      )}
    </Group>
  )
}

interface LinkProps {
  busy: boolean
  error: unknown
  onLink: (reference: string) => void
  onClose: () => void
}

function LinkDialog({ busy, error, onLink, onClose }: LinkProps) {
  const [reference, setReference] = useState('')
  return (
    <Modal opened onClose={onClose} title={t('incoming.link')}>
      <Form
        onSubmit={() => onLink(reference.trim())}
        verb={t('incoming.link')}
        busy={busy}
        error={error}
        onCancel={onClose}
        disabled={reference.trim() === ''}
      >
        <TextInput
          label={t('incoming.reference')}
          description={t('incoming.referenceHelp')}
          required
          data-autofocus
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}
