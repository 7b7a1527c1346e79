import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../platform/i18n.ts'
import { later } from '../ui/later.tsx'
import type { ShownView } from './shown-view.ts'

const ViewItems = later(async () => (await import('./ViewItems.tsx')).ViewItems)
const ViewForm = later(async () => (await import('./ViewForm.tsx')).ViewForm)
const RemoveView = later(async () => (await import('./RemoveView.tsx')).RemoveView)

/** What can be done with the view on show: keep it, change it, share it, put it elsewhere. */
export function ViewMenu(shown: ShownView) {
  const [asked, ask] = useState<'save' | 'edit' | 'remove' | null>(null)
  const shut = (): void => ask(null)
  const { saved } = shown.current
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t('views.menu')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('views.menu')}>
          <ViewItems shown={shown} onAsk={ask} />
        </Menu.Dropdown>
      </Menu>
      {asked === 'save' && <ViewForm shown={shown} view={undefined} onClose={shut} />}
      {asked === 'edit' && saved !== undefined && <ViewForm shown={shown} view={saved} onClose={shut} />}
      {asked === 'remove' && saved !== undefined && (
        <RemoveView view={saved} onRemoved={shown.onRemoved} onClose={shut} />
      )}
    </>
  )
}
