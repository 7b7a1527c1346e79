import { useState } from 'react'
import { macros, type Macro } from '../../contract/macros.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { MacroForm } from './MacroForm.tsx'
import classes from './Settings.module.css'
import { OrganisationTabs } from './tabs.tsx'

/** Who has it, in words. */
const whose = (macro: Macro): string => macro.team?.name ?? t(`macros.scope.${macro.scope}`)

/** The texts that are written again and again, and what they do. */
export default function MacrosPage() {
  const [address, change] = useAddress()
  const q = address['q'] ?? ''
  const list = useAskPages(macros.list, { limit: 100, ...(q === '' ? {} : { q }) })
  const [open, setOpen] = useState<Macro | 'new' | null>(null)
  const columns: Column<Macro>[] = [
    {
      id: 'name',
      title: t('calendars.name'),
      width: 260,
      main: true,
      render: (row) => (
        <button type="button" className={classes['row']} onClick={() => setOpen(row)}>
          {row.name}
        </button>
      ),
    },
    { id: 'whose', title: t('macros.scope'), width: 160, render: whose },
    {
      id: 'voice',
      title: t('macros.voice'),
      width: 130,
      render: (row) => t(row.public ? 'composer.reply' : 'composer.note'),
    },
    { id: 'does', title: t('macros.does'), width: 'grow', render: (row) => row.does.join(', ') },
    {
      id: 'used',
      title: t('macros.used'),
      width: 150,
      render: (row) => (
        <>
          {row.used} {row.lastUsedAt !== null && <Moment at={row.lastUsedAt} />}
        </>
      ),
    },
  ]
  const button = (
    <ActionButton action={macros.create} onClick={() => setOpen('new')}>
      {t('macros.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('macros.title')}
        tabs={<OrganisationTabs current="macros" />}
        list={list}
        columns={columns}
        actions={button}
        narrowed={q !== ''}
        filters={
          <SearchField id="macro-search" words={q} onSearch={(next) => change({ q: next === '' ? undefined : next })} />
        }
        empty={{ title: t('macros.empty'), help: t('macros.emptyHelp'), action: button }}
      />
      {open !== null && <MacroForm macro={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}
