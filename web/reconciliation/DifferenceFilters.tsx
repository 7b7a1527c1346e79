import { Select } from '@mantine/core'
import { useState } from 'react'
import { assetCategories } from '../../contract/asset-models.ts'
import { locations } from '../../contract/locations.ts'
import type { AddressFields } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { FilterChip, MoreFilters } from '../ui/FilterParts.tsx'

/** By category and by place; each one on is a chip that drops it. */
export function DifferenceFilters({
  address,
  change,
}: {
  address: AddressFields
  change: (fields: AddressFields) => void
}) {
  const [opened, open] = useState(false)
  const categories = useAsk(assetCategories.list, {}, { enabled: opened || address['category'] !== undefined })
  const places = useAsk(locations.list, {}, { enabled: opened || address['location'] !== undefined })
  const options = {
    category: (categories.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    location: (places.data?.items ?? []).map(({ id, fullName }) => ({ value: id, label: fullName })),
  }
  const names = { category: t('assets.category'), location: t('assets.location') }
  const fields = ['category', 'location'] as const
  return (
    <>
      <MoreFilters onOpen={open}>
        {fields.map((field) => (
          <Select
            key={field}
            clearable
            searchable
            size="xs"
            limit={60}
            comboboxProps={{ withinPortal: false }}
            label={names[field]}
            data={options[field]}
            value={address[field] ?? null}
            onChange={(value) => change({ [field]: value ?? undefined })}
          />
        ))}
      </MoreFilters>
      {fields
        .filter((field) => address[field] !== undefined)
        .map((field) => (
          <FilterChip
            key={field}
            name={names[field]}
            value={options[field].find((one) => one.value === address[field])?.label ?? '…'}
            onDrop={() => change({ [field]: undefined })}
          />
        ))}
    </>
  )
}
