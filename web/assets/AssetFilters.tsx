import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { assetCategories, assetClasses, assetModels, loanPools, manufacturers } from '../../contract/asset-models.ts'
import { type AssetRow, type AssetState, assetStates } from '../../contract/assets.ts'
import { fields } from '../../contract/fields.ts'
import { locations } from '../../contract/locations.ts'
import { vendors } from '../../contract/vendors.ts'
import type { AddressFields } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { ColumnChooser } from '../ui/ColumnChooser.tsx'
import type { Column } from '../ui/columns.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import classes from '../ui/FilteredList.module.css'
import { type FilterField, filtersOn } from './filters.ts'
import { stateWord } from './words.tsx'
import { FilterChip, MoreFilters } from '../ui/FilterParts.tsx'

interface Props {
  address: AddressFields
  change: (fields: AddressFields) => void
  columns: Column<AssetRow>[]
}
type Named = { id: string; name: string }
const options = (items: readonly Named[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }))

/** Search and filters, all in the address; each one on is a chip that drops it. */
export function AssetFilters({ address, change, columns }: Props) {
  const [opened, open] = useState(false)
  const wants = (field: FilterField): boolean => opened || address[field] !== undefined
  const categories = useAsk(assetCategories.list, {}, { enabled: wants('category') })
  const models = useAsk(assetModels.list, { limit: 200 }, { enabled: wants('model') })
  const places = useAsk(locations.list, {}, { enabled: wants('location') })
  const pools = useAsk(loanPools.list, {}, { enabled: wants('pool') })
  const custom = useAsk(fields.list, { kind: 'asset' }, { enabled: wants('field') })
  const makers = useAsk(manufacturers.list, { limit: 200 }, { enabled: address['manufacturer'] !== undefined })
  const vendor = useAsk(vendors.show, { id: address['vendor'] ?? '' }, { enabled: address['vendor'] !== undefined })
  const placeNames = (places.data?.items ?? []).map((place) => ({ id: place.id, name: place.fullName }))
  const nameIn = (items: readonly Named[] | undefined, value: string): string =>
    items?.find((one) => one.id === value)?.name ?? '…'
  const shownAs: Partial<Record<FilterField, (value: string) => string>> = {
    state: (value) =>
      value
        .split(',')
        .map((state) => stateWord(state as AssetState))
        .join(', '),
    class: (value) => t(`assets.class.${value as 'device'}`),
    category: (value) => nameIn(categories.data?.items, value),
    model: (value) => nameIn(models.data?.items, value),
    location: (value) => nameIn(placeNames, value),
    pool: (value) => nameIn(pools.data?.items, value),
    holder: (value) => (value === 'none' ? t('assets.nobody') : t('filter.onePerson')),
    vendor: () => vendor.data?.name ?? '…',
    manufacturer: (value) => nameIn(makers.data?.items, value),
    warranty_before: plainDay,
    end_of_life_before: plainDay,
  }
  const clearable = { clearable: true, size: 'xs', searchable: true, comboboxProps: { withinPortal: false } } as const
  const choose = (field: FilterField, label: string, data: { value: string; label: string }[]) => (
    <Select
      {...clearable}
      limit={60}
      label={label}
      data={data}
      value={address[field] ?? null}
      onChange={(value) => change({ [field]: value ?? undefined })}
    />
  )
  return (
    <div className={classes['filters']} role="search">
      <SearchField
        id="asset-search"
        className={classes['search']}
        words={address['q'] ?? ''}
        onSearch={(q) => change({ q: q === '' ? undefined : q })}
      />
      <MoreFilters onOpen={open}>
        {choose(
          'state',
          t('assets.state'),
          assetStates.map((s) => ({ value: s, label: stateWord(s) })),
        )}
        {choose(
          'class',
          t('assetCategories.class'),
          assetClasses.slice(0, 4).map((c) => ({ value: c, label: t(`assets.class.${c}`) })),
        )}
        {choose('category', t('assets.category'), options(categories.data?.items))}
        {choose('model', t('assets.model'), options(models.data?.items))}
        {choose('location', t('assets.location'), options(placeNames))}
        {choose('pool', t('asset.pool'), options(pools.data?.items))}
        {choose('holder', t('assets.holder'), [{ value: 'none', label: t('assets.nobody') }])}
        <DayInput
          label={t('assets.filter.warranty_before')}
          value={address['warranty_before'] ?? null}
          onChange={(on) => change({ warranty_before: on ?? undefined })}
        />
        <DayInput
          label={t('assets.filter.end_of_life_before')}
          value={address['end_of_life_before'] ?? null}
          onChange={(on) => change({ end_of_life_before: on ?? undefined })}
        />
        <CustomFilter
          known={(custom.data?.items ?? []).filter((field) => field.active && !field.encrypted)}
          value={address['field']}
          onChange={(field) => change({ field })}
        />
      </MoreFilters>
      {filtersOn(address)
        .filter((field) => field !== 'q')
        .map((field) => (
          <FilterChip
            key={field}
            name={t(`assets.filter.${field as 'state'}`)}
            value={shownAs[field]?.(address[field] ?? '') ?? address[field] ?? ''}
            onDrop={() => change({ [field]: undefined })}
          />
        ))}
      <span className={classes['end']}>
        <ColumnChooser all={columns} chosen={address['columns']} onChoose={(chosen) => change({ columns: chosen })} />
      </span>
    </div>
  )
}

/** One custom field and the value it must have. */
function CustomFilter({
  known,
  value,
  onChange,
}: {
  known: readonly { key: string; label: string }[]
  value: string | undefined
  onChange: (filter: string | undefined) => void
}) {
  const at = value?.indexOf(':') ?? -1
  const [key, setKey] = useState<string | null>(at > 0 ? (value ?? '').slice(0, at) : null)
  const [text, setText] = useState(at > 0 ? (value ?? '').slice(at + 1) : '')
  if (known.length === 0) return null
  const apply = (): void => onChange(key === null || text.trim() === '' ? undefined : `${key}:${text.trim()}`)
  return (
    <>
      <Select
        size="xs"
        clearable
        searchable
        comboboxProps={{ withinPortal: false }}
        label={t('assets.filter.field')}
        data={known.map((field) => ({ value: field.key, label: field.label }))}
        value={key}
        onChange={setKey}
      />
      {key !== null && (
        <TextInput
          size="xs"
          label={t('assets.filter.value')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={apply}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply()
          }}
        />
      )}
    </>
  )
}
