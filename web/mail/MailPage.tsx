import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconMailOff } from '@tabler/icons-react'
import { useState } from 'react'
import { mail, type MailRow, type MailStatus } from '../../contract/mail.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { BouncingList } from './BouncingList.tsx'
import { MailDetails } from './MailDetails.tsx'
import { MailStateMark } from './MailStateMark.tsx'
import classes from './Mail.module.css'
import { mailKindWord } from './words.ts'

const views = ['open', 'failed', 'sent', 'skipped', 'all', 'bouncing'] as const
type View = (typeof views)[number]
/** So many are counted; more are "1,000+". */
const countCap = 1000

export default function MailPage() {
  const [address] = useAddress()
  const view = views.find((one) => one === address['view']) ?? 'all'
  const status = useAsk(mail.status, {}, { every: 10_000 })
  return view === 'bouncing' ? (
    <BouncingList tabs={<Tabs current={view} status={status.data} />} actions={<TestButton />} />
  ) : (
    <Mails view={view} status={status.data} />
  )
}

function Mails({ view, status }: { view: Exclude<View, 'bouncing'>; status: MailStatus | undefined }) {
  const list = useAskPages(mail.list, { limit: 50, ...(view === 'all' ? {} : { state: view }) })
  const [shown, show] = useState<MailRow | null>(null)
  const columns: Column<MailRow>[] = [
    {
      id: 'to',
      title: t('mail.to'),
      width: 'grow',
      main: true,
      render: (row) => (
        <>
          <span style={{ fontWeight: 500 }}>{row.to.name}</span> <span className="soft">{row.address}</span>
        </>
      ),
    },
    { id: 'kind', title: t('mail.kind'), width: 140, render: (row) => mailKindWord(row.kind) },
    { id: 'state', title: t('mail.state'), width: 130, render: (row) => <MailStateMark mail={row} /> },
    {
      id: 'why',
      title: t('mail.why'),
      width: 330,
      weight: 0,
      render: (row) => <span title={row.why ?? ''}>{row.why}</span>,
    },
    { id: 'at', title: t('mail.made'), width: 110, render: (row) => <Moment at={row.createdAt} as="nearby" /> },
    {
      id: 'look',
      title: t('mail.look'),
      width: 90,
      bare: true,
      render: (row) => (
        <ActionButton action={mail.list} size="compact-xs" variant="default" onClick={() => show(row)}>
          {t('mail.look')}
          <span className="unseen"> {row.to.name}</span>
        </ActionButton>
      ),
    },
  ]
  return (
    <>
      <ListPage
        title={t('mail.title')}
        list={list}
        columns={columns}
        actions={<TestButton />}
        tabs={<Tabs current={view} status={status} />}
        empty={{ title: t(view === 'failed' ? 'mail.emptyFailed' : 'mail.empty'), help: t('mail.emptyHelp') }}
      />
      {shown !== null && <MailDetails mail={shown} onClose={() => show(null)} />}
    </>
  )
}

function TestButton() {
  const test = useAct(mail.test, { onDone: () => tellDone(t('mail.tested')) })
  return (
    <ActionButton
      action={mail.test}
      variant="default"
      loading={test.isPending}
      onClick={() => test.mutate({}, { onError: tellFailed })}
    >
      {t('mail.test')}
    </ActionButton>
  )
}

function Tabs({ current, status }: { current: View; status: MailStatus | undefined }) {
  const counts: Partial<Record<View, number>> =
    status === undefined
      ? {}
      : { open: status.queued, failed: status.failed, sent: status.sentToday, bouncing: status.bouncing }
  const counted = (view: View) => {
    const n = counts[view] ?? 0
    return n === 0
      ? {}
      : { count: view === 'sent' ? t('mail.today', { n: count(n, n >= countCap) }) : count(n, n >= countCap) }
  }
  return (
    <>
      {status !== undefined && <Standing status={status} />}
      <ViewTabs
        label={t('mail.views')}
        current={current}
        tabs={(['all', 'open', 'failed', 'sent', 'skipped', 'bouncing'] as const).map((view) => ({
          id: view,
          title: t(`mail.view.${view}`),
          ...counted(view),
          ...(view === 'all' ? {} : { search: { view } }),
        }))}
      />
    </>
  )
}

/** Whether mail works at all: the one thing to know before looking at any single mail. */
function Standing({ status }: { status: MailStatus }) {
  if (status.server !== null && status.trouble === null)
    return <p className={classes['standing']}>{t('mail.standing', status.server)}</p>
  const none = status.server === null
  return (
    <Alert
      className={classes['trouble'] ?? ''}
      role="status"
      color={none ? 'gray' : 'orange'}
      variant="light"
      icon={none ? <IconMailOff size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
      title={t(none ? 'mail.noServer' : 'mail.trouble')}
      styles={{ title: { color: 'var(--ink)' }, message: { color: 'var(--ink)' } }}
    >
      {none ? t('mail.noServerHelp') : status.trouble}
    </Alert>
  )
}
