import { Button, Checkbox, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { macros } from '../../contract/macros.ts'
import type { MacroUse } from '../../contract/tickets.ts'
import { ApiError, ask } from '../platform/client.ts'
import { sentenceOf } from '../platform/failures.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { tellFailed } from '../ui/told.ts'

interface Props {
  ticket: string
  isPublic: boolean
  onPick: (filled: Answer<typeof macros.fill>) => void
  onClose: () => void
}

/** Choose a macro by name or keyword; what it says is filled in by the server. */
export function MacroPick({ ticket, isPublic, onPick, onClose }: Props) {
  const [words, say] = useState('')
  const [q] = useDebouncedValue(words, 200)
  const asked = useAsk(macros.list, { public: isPublic, limit: 50, ...(q.trim() === '' ? {} : { q }) }, { keep: true })
  const [busy, setBusy] = useState(false)
  const choose = async (id: string): Promise<void> => {
    setBusy(true)
    try {
      onPick(await ask(macros.fill, { ticket, id }))
    } catch (error) {
      tellFailed(error)
      setBusy(false)
    }
  }
  return (
    <div style={{ display: 'flex', gap: 8, alignItems: 'end', flexWrap: 'wrap', padding: '4px 0' }}>
      <Select
        style={{ flex: '1 1 240px' }}
        label={t('macros.find')}
        autoFocus
        searchable
        defaultDropdownOpened
        disabled={busy}
        value={null}
        searchValue={words}
        onSearchChange={say}
        error={asked.error === null ? undefined : sentenceOf(asked.error)}
        data={(asked.data?.items ?? []).map(({ id, name, does }) => ({
          value: id,
          label: does.length === 0 ? name : `${name} (${t('macros.acts', { n: does.length })})`,
        }))}
        // the server has found them by name and keywords
        filter={({ options }) => options}
        nothingFoundMessage={asked.isPending ? '…' : t('macros.none')}
        onChange={(id) => id !== null && void choose(id)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
      />
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Link to={paths.macros} className="soft">
        {t('macros.manage')}
      </Link>
    </div>
  )
}

/** What is done with the ticket as it is sent; each can be left out. */
export function MacroActs({
  ticket,
  use,
  onChange,
}: {
  ticket: string
  use: MacroUse
  onChange: (next: MacroUse | null) => void
}) {
  const asked = useAsk(macros.fill, { ticket, id: use.id })
  const without = (
    <Button size="compact-xs" variant="subtle" onClick={() => onChange(null)}>
      {t('macros.drop')}
    </Button>
  )
  if (asked.data === undefined)
    return asked.error === null ? null : (
      <p role="alert" style={{ margin: '4px 0' }}>
        {asked.error instanceof ApiError && asked.error.status === 404 ? t('macros.gone') : sentenceOf(asked.error)}{' '}
        {without}
      </p>
    )
  const { macro, lacks } = asked.data
  if (macro.version !== use.version)
    return (
      <p role="alert" style={{ margin: '4px 0' }}>
        {t('macros.changedSince', { name: macro.name })} {without}
      </p>
    )
  return (
    <fieldset style={{ border: 0, margin: '4px 0', padding: 0 }}>
      <legend className="label">{t('macros.with', { name: macro.name })}</legend>
      {lacks.length > 0 && (
        <p role="status" style={{ margin: '2px 0' }}>
          {t('macros.lacking', { what: lacks.join(', ') })}
        </p>
      )}
      {macro.does.map((words, place) => (
        <Checkbox
          // oxlint-disable-next-line react/no-array-index-key -- its place is what it is known by
          key={place}
          size="xs"
          my={4}
          label={words}
          checked={use.acts.includes(place)}
          onChange={(event) =>
            onChange({
              ...use,
              acts: event.currentTarget.checked ? [...use.acts, place] : use.acts.filter((one) => one !== place),
            })
          }
        />
      ))}
      {without}
    </fieldset>
  )
}
