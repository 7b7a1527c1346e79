import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type CatalogueCategory, catalogueSetup } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellFailed } from '../ui/told.ts'

/** The categories of the catalogue: made, renamed, closed and opened again. */
export function CategoriesDialog({ onClose }: { onClose: () => void }) {
  const asked = useAsk(catalogueSetup.categories, {})
  const [name, setName] = useState('')
  const create = useAct(catalogueSetup.createCategory, { onDone: () => setName('') })
  return (
    <Modal opened onClose={onClose} title={t('catalogueSetup.categories')}>
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('catalogueSetup.noCategory')}</p>
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map((category) => (
                <li key={category.id} style={{ marginBottom: 8 }}>
                  <OneCategory key={category.version} category={category} />
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
      <Form
        onSubmit={() => create.mutate({ name })}
        verb={t('catalogueSetup.addCategory')}
        busy={create.isPending}
        error={create.error}
        onCancel={onClose}
        disabled={name.trim() === ''}
      >
        <TextInput
          label={t('catalogueSetup.newCategory')}
          required
          data-autofocus
          maxLength={120}
          value={name}
          error={fieldError(create.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Form>
    </Modal>
  )
}

function OneCategory({ category: { id, version, name, active } }: { category: CatalogueCategory }) {
  const edit = useAct(catalogueSetup.editCategory)
  const [typed, type] = useState(name)
  const isChanged = typed.trim() !== '' && typed.trim() !== name
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) edit.mutate({ id, version, name: typed })
      }}
    >
      <Group gap={6} align="end" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={
            <>
              <span className="unseen">{t('catalogueSetup.nameOf', { name })}</span>
              {!active && <span className="label">{t('catalogueSetup.closedCategory')}</span>}
            </>
          }
          maxLength={120}
          value={typed}
          error={fieldError(edit.error, 'name')}
          onChange={(event) => type(event.currentTarget.value)}
        />
        {isChanged ? (
          <Button type="submit" variant="default" loading={edit.isPending}>
            {t('catalogueSetup.rename')}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={edit.isPending}
            onClick={() => edit.mutate({ id, version, active: !active }, { onError: tellFailed })}
          >
            {t(active ? 'catalogueSetup.closeCategory' : 'catalogueSetup.openCategory')}
            <span className="unseen"> {name}</span>
          </Button>
        )}
      </Group>
    </form>
  )
}
