import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Feed, feeds } from '../../contract/calendar-feeds.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import type { Column } from '../ui/columns.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage, wholeList } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { MyTabs } from './MyTabs.tsx'

/** Secret addresses under which calendar programs read what is due. */
export default function FeedsPage() {
  const list = useAsk(feeds.list, {})
  const [opening, open] = useState(false)
  const [closing, close] = useState<Feed | null>(null)
  const revoke = useAct(feeds.revoke, { onDone: () => close(null) })
  const columns: Column<Feed>[] = [
    {
      id: 'name',
      title: t('feeds.name'),
      width: 'grow',
      main: true,
      render: (row) => <b style={{ fontWeight: 500 }}>{row.name}</b>,
    },
    {
      id: 'teams',
      title: t('feeds.holds'),
      width: 220,
      render: (row) => t(row.withTeams ? 'feeds.mineAndTeams' : 'feeds.mine'),
    },
    { id: 'made', title: t('feeds.made'), width: 140, render: (row) => <Moment at={row.createdAt} /> },
    {
      id: 'read',
      title: t('feeds.read'),
      width: 140,
      render: (row) =>
        row.lastReadAt === null ? <span className="soft">{t('person.never')}</span> : <Moment at={row.lastReadAt} />,
    },
    {
      id: 'close',
      title: t('feeds.close'),
      width: 100,
      bare: true,
      weight: 4,
      render: (row) => (
        <ActionButton action={feeds.revoke} size="compact-xs" variant="default" onClick={() => close(row)}>
          {t('feeds.close')}
          <span className="unseen"> {row.name}</span>
        </ActionButton>
      ),
    },
  ]
  const button = (
    <ActionButton action={feeds.create} onClick={() => open(true)}>
      {t('feeds.open')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('feeds.title')}
        tabs={<MyTabs current="feeds" />}
        list={wholeList(list)}
        columns={columns}
        actions={button}
        empty={{ title: t('feeds.empty'), help: t('feeds.emptyHelp'), action: button }}
      />
      {opening && <OpenFeed onClose={() => open(false)} />}
      {closing !== null && (
        <ConfirmAct
          opened
          title={t('feeds.closeTitle', { name: closing.name })}
          verb={t('feeds.close')}
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: closing.id })}
          onClose={() => close(null)}
        >
          {t('feeds.closeHelp')}
        </ConfirmAct>
      )}
    </>
  )
}

function OpenFeed({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [withTeams, include] = useState(false)
  const create = useAct(feeds.create)
  return (
    <Modal opened onClose={onClose} title={t('feeds.open')}>
      {create.data === undefined ? (
        <Form
          onSubmit={() => create.mutate({ name, withTeams })}
          verb={t('feeds.open')}
          busy={create.isPending}
          error={create.error}
          onCancel={onClose}
          disabled={name.trim() === ''}
        >
          <Stack gap="sm">
            <TextInput
              label={t('feeds.name')}
              description={t('feeds.nameHelp')}
              required
              data-autofocus
              maxLength={60}
              value={name}
              error={fieldError(create.error, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox
              size="xs"
              label={t('feeds.withTeams')}
              checked={withTeams}
              onChange={(event) => include(event.currentTarget.checked)}
            />
          </Stack>
        </Form>
      ) : (
        <ShownOnce value={create.data.address} label={t('feeds.address')} onClose={onClose}>
          {t('feeds.once')}
        </ShownOnce>
      )}
    </Modal>
  )
}
