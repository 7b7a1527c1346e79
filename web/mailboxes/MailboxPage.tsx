import { Group } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Mailbox, mailboxes, templateNames, type TemplateName } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { NewKeyDialog } from '../ui/NewKeyDialog.tsx'
import { Page } from '../ui/Page.tsx'
import { MailboxForm } from './MailboxForm.tsx'
import { MailboxMark } from './Marks.tsx'
import { TemplateForm } from './TemplateForm.tsx'
import { kindWord, templateWord } from './words.ts'

/** One mailbox: how it stands, what is set for it, its words, the key with which mail is handed in. */
export default function MailboxPage() {
  const { id = '' } = useParams({ strict: false })
  // how a mailbox that was set up just now fares is seen within seconds
  const asked = useAsk(mailboxes.show, { id }, { every: 5_000 })
  const [open, setOpen] = useState<'edit' | 'key' | TemplateName | null>(null)
  const close = (): void => setOpen(null)
  const makeKey = useAct(mailboxes.makeKey)
  return (
    <Page
      title={asked.data?.name ?? t('mailbox.title')}
      crumbs={[
        { title: t('incoming.title'), to: paths.incoming },
        { title: t('mailboxes.title'), to: paths.mailboxes },
      ]}
      shape="read"
      actions={
        asked.data === undefined ? undefined : (
          <ActionButton action={mailboxes.edit} onClick={() => setOpen('edit')}>
            {t('edit')}
          </ActionButton>
        )
      }
    >
      <Asked question={asked}>
        {(box) => (
          <div>
            <Facts entries={factsOf(box)} />
            {box.kind === 'gateway' && (
              <Section
                title={t('mailboxes.handIn')}
                actions={
                  <ActionButton
                    action={mailboxes.makeKey}
                    size="compact-sm"
                    variant="default"
                    onClick={() => setOpen('key')}
                  >
                    {t(box.keyPrefix === null ? 'mailboxes.makeKey' : 'mailboxes.newKey')}
                  </ActionButton>
                }
              >
                <p>
                  {box.keyPrefix === null ? t('mailboxes.noKey') : t('mailboxes.hasKey', { prefix: box.keyPrefix })}
                </p>
                <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: 12 }}>
                  {`curl --fail --silent --data-binary @- -H 'content-type: message/rfc822' -H "authorization: Bearer $KEY" "${window.location.origin}/api/v1/mail/gateway?recipient=$RECIPIENT"`}
                </pre>
              </Section>
            )}
            <Section title={t('mailboxes.words')}>
              <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 6 }}>
                {templateNames.map((name) => (
                  <li key={name}>
                    <Group gap="xs">
                      <span>{templateWord(name)}</span>
                      <span className="soft">
                        {t(box.templates[name] === undefined ? 'mailboxes.usualWords' : 'mailboxes.ownWords')}
                      </span>
                      <ActionButton
                        action={mailboxes.edit}
                        size="compact-xs"
                        variant="default"
                        onClick={() => setOpen(name)}
                      >
                        {t('edit')}
                        <span className="unseen"> {templateWord(name)}</span>
                      </ActionButton>
                    </Group>
                  </li>
                ))}
              </ul>
            </Section>
            {open === 'edit' && <MailboxForm mailbox={box} onClose={close} />}
            {templateNames.some((name) => name === open) && (
              <TemplateForm key={open} mailbox={box} name={open as TemplateName} onClose={close} />
            )}
          </div>
        )}
      </Asked>
      {open === 'key' && (
        <NewKeyDialog
          title={t('mailboxes.newKey')}
          verb={t('mailboxes.makeKey')}
          secret={makeKey.data?.key}
          label={t('mailboxes.key')}
          once={t('mailboxes.keyOnce')}
          act={makeKey}
          onConfirm={() => makeKey.mutate({ id })}
          onClose={close}
        >
          {t('mailboxes.keyHelp')}
        </NewKeyDialog>
      )}
    </Page>
  )
}

const factsOf = (box: Mailbox) =>
  [
    [t('mailboxes.standing'), <MailboxMark key="standing" box={box} />],
    ...(box.problem === null
      ? []
      : [
          [
            t('mailboxes.problem'),
            <span key="problem">
              {box.problem} {box.problemAt !== null && <Moment at={box.problemAt} as="nearby" />}
            </span>,
          ] as const,
        ]),
    [t('mailboxes.kind'), kindWord(box.kind)],
    [t('mailboxes.addresses'), box.addresses.join(', ')],
    [t('mailboxes.queue'), box.queue.name],
    ...(box.connection === null
      ? []
      : [
          [t('mailboxes.host'), `${box.connection.host}:${box.connection.port}`] as const,
          [t('mailboxes.user'), box.connection.user] as const,
          [t('mailboxes.folders'), box.connection.folders.join(', ')] as const,
        ]),
    [t('mailboxes.unknown'), t(`mailboxes.unknown.${box.unknownSenders}`)],
    [t('mailboxes.outsiders'), t(`mailboxes.outsiders.${box.outsiders}`)],
    [t('mailboxes.closed'), t(`mailboxes.closed.${box.closedTickets}`)],
    [t('mailboxes.acknowledge'), t(box.acknowledge ? 'mailboxes.yes' : 'mailboxes.no')],
    [t('mailboxes.taggedReplies'), t(box.taggedReplies ? 'mailboxes.yes' : 'mailboxes.no')],
    [t('mailboxes.confidential'), t(box.confidential ? 'mailboxes.yes' : 'mailboxes.no')],
    [t('mailboxes.most'), number(Math.round(box.mostBytes / 1024 / 1024))],
    [t('mailboxes.authserv'), box.authservId],
    [
      t('mailboxes.limits'),
      t('mailboxes.limitsSaid', {
        perThread: number(box.limits.perThread),
        perSender: number(box.limits.perSender),
        newSenders: number(box.limits.newSenders),
      }),
    ],
    [t('mailboxes.last'), box.lastMailAt === null ? null : <Moment key="last" at={box.lastMailAt} />],
  ] as const
