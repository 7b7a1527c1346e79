import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { mailboxes, type MailboxRow } from '../../contract/mailboxes.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { MailboxForm } from './MailboxForm.tsx'
import { MailboxMark } from './Marks.tsx'
import { kindWord } from './words.ts'

const columns = (): Column<MailboxRow>[] => [
  {
    id: 'name',
    title: t('mailboxes.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{row.addresses[0]}</span>
      </>
    ),
  },
  { id: 'kind', title: t('mailboxes.kind'), width: 190, render: (row) => kindWord(row.kind) },
  { id: 'queue', title: t('mailboxes.queue'), width: 170, render: (row) => row.queue.name },
  {
    id: 'standing',
    title: t('mailboxes.standing'),
    width: 250,
    render: (row) => (
      <span title={row.problem ?? ''}>
        <MailboxMark box={row} /> <span className="soft">{row.problem}</span>
      </span>
    ),
  },
  {
    id: 'last',
    title: t('mailboxes.last'),
    width: 140,
    render: (row) =>
      row.lastMailAt === null ? (
        <span className="soft">{t('mailboxes.never')}</span>
      ) : (
        <Moment at={row.lastMailAt} as="nearby" />
      ),
  },
]

export default function MailboxesPage() {
  const list = useAskPages(mailboxes.list, { limit: 100 })
  const navigate = useNavigate()
  const [adding, add] = useState(false)
  const button = (
    <ActionButton action={mailboxes.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(true)}>
      {t('mailboxes.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('mailboxes.title')}
        crumbs={[{ title: t('incoming.title'), to: paths.incoming }]}
        list={list}
        columns={columns()}
        addressOf={(row) => paths.mailbox(row.id)}
        actions={button}
        empty={{ title: t('mailboxes.empty'), help: t('mailboxes.emptyHelp'), action: button }}
      />
      {adding && (
        <MailboxForm
          mailbox={null}
          onClose={() => add(false)}
          onMade={(id) => void navigate({ to: paths.mailbox(id) })}
        />
      )}
    </>
  )
}
