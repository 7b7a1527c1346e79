import { Select } from '@mantine/core'
import { locations } from '../../contract/locations.ts'
import { useAsk } from '../platform/query.ts'

interface Props {
  label: string
  value: string | null
  onChange: (location: string | null) => void
  required?: boolean
  description?: string
  error?: string | undefined
}

/** A place from the tree, found by any part of its full name. */
export function LocationField({ label, value, onChange, required = false, description, error }: Props) {
  const known = useAsk(locations.list, {})
  const options = (known.data?.items ?? [])
    .filter((location) => location.active || location.id === value)
    .map((location) => ({ value: location.id, label: location.fullName }))
  return (
    <Select
      label={label}
      description={description}
      required={required}
      searchable
      clearable={!required}
      limit={100}
      data={options}
      value={value}
      error={error}
      onChange={onChange}
    />
  )
}
