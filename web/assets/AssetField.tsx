import { Select } from '@mantine/core'
import { useState } from 'react'
import { assets } from '../../contract/assets.ts'
import { useAsk } from '../platform/query.ts'

interface Props {
  label: string
  description?: string
  required?: boolean
  error: string | undefined
  value: string | null
  /** How the one that is chosen already is called. */
  chosen?: { id: string; name: string } | null
  onChange: (id: string | null) => void
}

/** One asset of the register, found by any of its words. */
export function AssetField({ label, description, required = false, error, value, chosen = null, onChange }: Props) {
  const [words, setWords] = useState('')
  const found = useAsk(assets.list, { q: words, limit: 20 }, { enabled: words !== '', keep: true })
  const options = (found.data?.items ?? []).map((row) => ({
    value: row.id,
    label: [row.tag, row.name, row.model?.name].filter(Boolean).join(' '),
  }))
  const known = chosen === null || options.some((one) => one.value === chosen.id)
  return (
    <Select
      label={label}
      description={description}
      required={required}
      searchable
      clearable={!required}
      error={error}
      data={known ? options : [{ value: chosen.id, label: chosen.name }, ...options]}
      filter={({ options: shown }) => shown}
      onSearchChange={setWords}
      value={value}
      onChange={onChange}
    />
  )
}
