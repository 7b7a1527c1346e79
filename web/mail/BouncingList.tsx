import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { mail, type BouncingAddress } from '../../contract/mail.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'

/** Addresses that sent mail back, until somebody says that they work again. */
export function BouncingList({ tabs, actions }: { tabs: ReactNode; actions: ReactNode }) {
  const list = useAskPages(mail.bouncing, { limit: 100 })
  const clear = useAct(mail.clearBouncing, { onDone: ({ address }) => tellDone(t('mail.cleared', { address })) })
  const columns: Column<BouncingAddress>[] = [
    { id: 'address', title: t('mail.address'), width: 'grow', main: true, render: (row) => row.address },
    {
      id: 'person',
      title: t('mail.to'),
      width: 180,
      render: (row) => row.person !== null && <Link to={paths.person(row.person.id)}>{row.person.name}</Link>,
    },
    {
      id: 'words',
      title: t('mail.reply'),
      width: 300,
      weight: 0,
      render: (row) => <span title={row.words}>{row.words}</span>,
    },
    { id: 'since', title: t('mail.since'), width: 110, render: (row) => <Moment at={row.since} as="nearby" /> },
    {
      id: 'clear',
      title: t('mail.clear'),
      width: 100,
      bare: true,
      render: (row) => (
        <ActionButton
          action={mail.clearBouncing}
          size="compact-xs"
          variant="default"
          onClick={() => clear.mutate({ address: row.address }, { onError: tellFailed })}
        >
          {t('mail.clear')}
          <span className="unseen"> {row.address}</span>
        </ActionButton>
      ),
    },
  ]
  return (
    <ListPage
      title={t('mail.title')}
      list={list}
      columns={columns}
      tabs={tabs}
      actions={actions}
      empty={{ title: t('mail.emptyBouncing'), help: t('mail.emptyBouncingHelp') }}
    />
  )
}
