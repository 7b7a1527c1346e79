import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { people } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'

interface Props {
  label: string
  description?: string
  value: Ref | null
  onChange: (person: Ref | null) => void
  required?: boolean
  error?: string | undefined
}

/** Find a person by name or address; the server searches. */
export function PersonField({ label, description, value, onChange, required = false, error }: Props) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const mayRead = useMay('people.read')
  const found = useAsk(
    people.list,
    { ...(asked === '' || asked === value?.name ? {} : { q: asked }), active: true, limit: 20 },
    { enabled: mayRead, keep: true },
  )
  const items = found.data?.items ?? []
  const options = items.map((person) => ({
    value: person.id,
    label: person.email === null ? person.name : `${person.name} · ${person.email}`,
  }))
  if (value !== null && !options.some((option) => option.value === value.id))
    options.unshift({ value: value.id, label: value.name })
  return (
    <Select
      label={label}
      description={description}
      required={required}
      error={error}
      searchable
      clearable={!required}
      data={options}
      filter={({ options: all }) => all}
      value={value?.id ?? null}
      onSearchChange={setWords}
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('choose.nothing')}
      onChange={(id) => {
        const person = items.find((one) => one.id === id)
        onChange(person === undefined ? null : { id: person.id, name: person.name })
      }}
    />
  )
}
