import { useState } from 'react'
import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconInbox, IconRefresh, IconZoomQuestion } from '@tabler/icons-react'
import { type IncomingRow, incomingMails } from '../../contract/incoming-mails.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { tellDone } from '../ui/told.ts'
import { IncomingMark } from './Marks.tsx'

const views = ['all', 'received', 'quarantined', 'parked', 'taken', 'ignored', 'refused'] as const
type View = (typeof views)[number]
const countCap = 1000

const columns = (): Column<IncomingRow>[] => [
  {
    id: 'subject',
    title: t('incoming.subject'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.subject || t('incoming.noSubject')}</b>{' '}
        <span className="soft">{row.from === null ? '' : row.from.name || row.from.address}</span>
      </>
    ),
  },
  { id: 'state', title: t('incoming.state'), width: 130, render: (row) => <IncomingMark state={row.state} /> },
  {
    id: 'why',
    title: t('incoming.why'),
    width: 330,
    weight: 0,
    render: (row) => <span title={row.why ?? ''}>{row.why}</span>,
  },
  {
    id: 'ticket',
    title: t('incoming.ticket'),
    width: 120,
    render: (row) =>
      row.ticket === null ? null : (
        <Link to={paths.ticket(row.ticket.reference)} title={row.ticket.title}>
          {row.ticket.reference}
        </Link>
      ),
  },
  { id: 'mailbox', title: t('incoming.mailbox'), width: 130, weight: 0, render: (row) => row.mailbox.name },
  { id: 'at', title: t('incoming.at'), width: 110, render: (row) => <Moment at={row.receivedAt} as="nearby" /> },
]

/** Everything that came in by mail, with what became of it; what waits for somebody comes first to hand. */
export default function IncomingPage() {
  const [address] = useAddress()
  const view = views.find((one) => one === address['view']) ?? 'all'
  const list = useAskPages(incomingMails.list, { limit: 50, ...(view === 'all' ? {} : { state: view }) })
  const counts = useAsk(incomingMails.counts, {}, { every: 15_000 })
  return (
    <ListPage
      title={t('incoming.title')}
      list={list}
      columns={columns()}
      addressOf={(row) => paths.incomingMail(row.id)}
      tabs={<Views current={view} counts={counts.data} />}
      actions={<Acts view={view} />}
      empty={{
        title: t(view === 'parked' || view === 'quarantined' ? `incoming.empty.${view}` : 'incoming.empty'),
        help: t('incoming.emptyHelp'),
      }}
    />
  )
}

function Views({ current, counts }: { current: View; counts: Record<string, number> | undefined }) {
  const counted = (view: View) => {
    const n = counts?.[view] ?? 0
    return n === 0 ? {} : { count: count(n, n >= countCap) }
  }
  return (
    <ViewTabs
      label={t('incoming.views')}
      current={current}
      tabs={views.map((view) => ({
        id: view,
        title: t(view === 'all' ? 'incoming.all' : `incoming.state.${view}`),
        ...counted(view),
        ...(view === 'all' ? {} : { search: { view } }),
      }))}
    />
  )
}

function Acts({ view }: { view: View }) {
  const [asking, ask] = useState(false)
  const again = useAct(incomingMails.retryAll, {
    onDone: ({ begun }) => {
      ask(false)
      tellDone(t('incoming.begun', { n: begun }))
    },
  })
  const state = view === 'parked' || view === 'quarantined' ? view : null
  return (
    <Group gap="xs">
      {state !== null && (
        <ActionButton
          action={incomingMails.retryAll}
          leftSection={<IconRefresh size={14} aria-hidden />}
          variant="default"
          onClick={() => ask(true)}
        >
          {t('incoming.retryAll')}
        </ActionButton>
      )}
      <Button
        component={Link}
        to={paths.explainMail}
        variant="default"
        leftSection={<IconZoomQuestion size={14} aria-hidden />}
      >
        {t('incoming.explain')}
      </Button>
      <Button component={Link} to={paths.mailboxes} variant="default" leftSection={<IconInbox size={14} aria-hidden />}>
        {t('mailboxes.title')}
      </Button>
      {asking && state !== null && (
        <ConfirmAct
          opened
          title={t('incoming.retryAll')}
          verb={t('incoming.retry')}
          busy={again.isPending}
          error={again.error}
          onConfirm={() => again.mutate({ state })}
          onClose={() => ask(false)}
        >
          <p>{t('incoming.retryAllHelp')}</p>
        </ConfirmAct>
      )}
    </Group>
  )
}
