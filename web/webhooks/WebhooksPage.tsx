import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { webhooks, type Webhook } from '../../contract/webhooks.ts'
import { roleWord } from '../people/words.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { standing } from './words.ts'

const columns = (): Column<Webhook>[] => [
  {
    id: 'name',
    title: t('webhooks.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{new URL(row.url).host}</span>
      </>
    ),
  },
  { id: 'types', title: t('webhooks.types'), width: 260, render: (row) => row.types.join(', ') },
  { id: 'role', title: t('webhooks.role'), width: 130, render: (row) => roleWord(row.role) },
  { id: 'standing', title: t('webhooks.standing'), width: 190, render: standing },
  {
    id: 'last',
    title: t('webhooks.lastDelivered'),
    width: 150,
    render: (row) =>
      row.lastDeliveredAt === null ? (
        <span className="soft">{t('person.never')}</span>
      ) : (
        <Moment at={row.lastDeliveredAt} as="nearby" />
      ),
  },
]

export default function WebhooksPage() {
  const list = useAskPages(webhooks.list, { limit: 100 })
  const [adding, add] = useState(false)
  const button = (
    <ActionButton action={webhooks.create} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(true)}>
      {t('webhooks.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('webhooks.title')}
        crumbs={[{ title: t('system.title'), to: paths.system }]}
        list={list}
        columns={columns()}
        addressOf={(row) => paths.webhook(row.id)}
        actions={button}
        empty={{ title: t('webhooks.empty'), help: t('webhooks.emptyHelp'), action: button }}
      />
      {adding && <WebhookForm webhook={null} onClose={() => add(false)} />}
    </>
  )
}
