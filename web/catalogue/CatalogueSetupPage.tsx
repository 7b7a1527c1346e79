import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { catalogueSetup, type ManagedRow } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import type { Column } from '../ui/columns.ts'
import { CategoriesDialog } from './CategoriesDialog.tsx'

const columns = (): Column<ManagedRow>[] => [
  {
    id: 'name',
    title: t('catalogueSetup.name'),
    width: 'grow',
    main: true,
    render: (row) => row.name,
  },
  { id: 'category', title: t('catalogueSetup.category'), width: 200, render: (row) => row.category.name },
  { id: 'state', title: t('catalogueSetup.state'), width: 260, render: (row) => stateWords(row) },
  { id: 'orders', title: t('catalogueSetup.orders'), width: 110, align: 'right', render: (row) => row.orders },
]

const stateWords = (row: ManagedRow): string =>
  row.revision === null
    ? t('catalogueSetup.draft')
    : t(row.changed ? 'catalogueSetup.changedSince' : 'catalogueSetup.published', { n: row.revision })

/** The catalogue as it is set up: all services, published or not. */
export default function CatalogueSetupPage() {
  const list = useAskPages(catalogueSetup.list, {})
  const [adding, add] = useState<'service' | 'categories' | null>(null)
  const actions = (
    <Group gap="xs">
      <Button variant="default" onClick={() => add('categories')}>
        {t('catalogueSetup.categories')}
      </Button>
      <Button onClick={() => add('service')}>{t('catalogueSetup.addService')}</Button>
    </Group>
  )
  return (
    <>
      <ListPage
        title={t('catalogueSetup.title')}
        list={list}
        columns={columns()}
        addressOf={(row) => paths.catalogueService(row.id)}
        actions={actions}
        empty={{
          title: t('catalogueSetup.empty'),
          help: t('catalogueSetup.emptyHelp'),
          action: <Button onClick={() => add('service')}>{t('catalogueSetup.addService')}</Button>,
        }}
      />
      {adding === 'service' && <NewService onClose={() => add(null)} />}
      {adding === 'categories' && <CategoriesDialog onClose={() => add(null)} />}
    </>
  )
}

/** A service begins with a name and a category; the rest is worked out on its page. */
function NewService({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const known = useAsk(catalogueSetup.categories, { active: true })
  const create = useAct(catalogueSetup.create, {
    onDone: (made) => void navigate({ to: paths.catalogueService(made.id) }),
  })
  const [name, setName] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const items = known.data?.items ?? []
  return (
    <Modal opened onClose={onClose} title={t('catalogueSetup.addService')}>
      <Form
        onSubmit={() => category !== null && create.mutate({ category, definition: { name } })}
        verb={t('catalogueSetup.addService')}
        busy={create.isPending}
        error={create.error}
        onCancel={onClose}
        disabled={name.trim() === '' || category === null}
      >
        <Stack gap="sm">
          <TextInput
            label={t('catalogueSetup.name')}
            required
            data-autofocus
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('catalogueSetup.category')}
            description={known.data !== undefined && items.length === 0 ? t('catalogueSetup.noCategory') : undefined}
            required
            data={items.map((one) => ({ value: one.id, label: one.name }))}
            value={category}
            error={fieldError(create.error, 'category')}
            onChange={setCategory}
          />
        </Stack>
      </Form>
    </Modal>
  )
}
