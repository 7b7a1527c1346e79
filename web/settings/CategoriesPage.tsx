import { Checkbox, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { categories, type Category } from '../../contract/queues.ts'
import { SkillsField } from '../people/SkillsField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage, wholeList } from '../ui/ListPage.tsx'
import classes from './Settings.module.css'
import { OrganisationTabs } from './tabs.tsx'

/** The tree, parents before children; depth is what the path says. */
export default function CategoriesPage() {
  const asked = useAsk(categories.list, {})
  const [open, setOpen] = useState<Category | 'new' | null>(null)
  const items = asked.data?.items ?? []
  const depthOf = (category: Category): number => {
    let depth = 0
    for (let at = category.parent; at !== null && depth < 10; depth++)
      at = items.find((one) => one.id === at)?.parent ?? null
    return depth
  }
  const columns: Column<Category>[] = [
    {
      id: 'name',
      title: t('calendars.name'),
      width: 'grow',
      main: true,
      render: (row) => (
        <button
          type="button"
          className={classes['row']}
          style={{ paddingInlineStart: depthOf(row) * 18 }}
          onClick={() => setOpen(row)}
        >
          {row.name}
        </button>
      ),
    },
    {
      id: 'skills',
      title: t('categories.skills'),
      width: 260,
      render: (row) => row.skills.map(({ name }) => name).join(', '),
    },
    {
      id: 'active',
      title: t('vendors.standing'),
      width: 120,
      render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('vendors.retired')}</span>),
    },
  ]
  const button = (
    <ActionButton action={categories.create} onClick={() => setOpen('new')}>
      {t('categories.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('categories.title')}
        tabs={<OrganisationTabs current="categories" />}
        list={wholeList(asked)}
        columns={columns}
        actions={button}
        empty={{ title: t('categories.empty'), help: t('categories.emptyHelp'), action: button }}
      />
      {open !== null && (
        <CategoryForm category={open === 'new' ? null : open} all={items} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

function CategoryForm({ category, all, onClose }: { category: Category | null; all: Category[]; onClose: () => void }) {
  const [name, setName] = useState(category?.name ?? '')
  const [parent, setParent] = useState(category?.parent ?? null)
  const [skills, setSkills] = useState(() => (category?.skills ?? []).map(({ id }) => id))
  const [active, setActive] = useState(category?.active ?? true)
  const create = useAct(categories.create, { onDone: onClose })
  const edit = useAct(categories.edit, { onDone: onClose })
  const act = category === null ? create : edit
  return (
    <Modal opened onClose={onClose} title={t(category === null ? 'categories.add' : 'categories.edit')}>
      <Form
        onSubmit={() =>
          category === null
            ? create.mutate({ name, parent, skills })
            : edit.mutate({ id: category.id, version: category.version, name, parent, active, skills })
        }
        verb={t(category === null ? 'categories.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={name.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('calendars.name')}
            required
            data-autofocus
            value={name}
            error={fieldError(act.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('categories.parent')}
            searchable
            clearable
            limit={60}
            data={all.filter((one) => one.id !== category?.id).map((one) => ({ value: one.id, label: one.path }))}
            value={parent}
            error={fieldError(act.error, 'parent')}
            onChange={setParent}
          />
          <SkillsField
            label={t('categories.skills')}
            description={t('categories.skillsHelp')}
            value={skills}
            known={category?.skills ?? []}
            error={fieldError(act.error, 'skills')}
            onChange={setSkills}
          />
          {category !== null && (
            <Checkbox
              size="xs"
              label={t('categories.active')}
              checked={active}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
