import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { search } from '../../contract/search.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'

export interface About {
  kind: 'ticket' | 'asset' | 'vendor' | 'person'
  id: string
  name: string
}

/** The record it belongs to, found by words or reference. */
export function AboutField({
  value,
  onChange,
  error,
}: {
  value: About | null
  onChange: (about: About | null) => void
  error?: string | undefined
}) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 200)
  const isNew = asked !== '' && asked !== value?.name
  const found = useAsk(search.everything, { q: isNew ? asked : 'x', limit: 20 }, { enabled: isNew, keep: true })
  const hits = (found.data?.items ?? []).filter((hit) => hit.kind !== 'queue' && hit.kind !== 'asset_audit')
  const labelOf = (hit: (typeof hits)[number]) =>
    hit.kind === 'ticket' || hit.kind === 'asset'
      ? `${hit.reference} ${hit.title}`
      : `${hit.title} · ${t(`byHand.about.${hit.kind as About['kind']}`)}`
  const options = hits.map((hit) => ({ value: hit.id, label: labelOf(hit) }))
  if (value !== null && !options.some((option) => option.value === value.id))
    options.unshift({ value: value.id, label: value.name })
  return (
    <Select
      label={t('byHand.about')}
      description={t('byHand.aboutHelp')}
      searchable
      clearable
      data={options}
      filter={({ options: all }) => all}
      value={value?.id ?? null}
      error={error}
      onSearchChange={setWords}
      nothingFoundMessage={
        asked === '' ? t('byHand.aboutType') : found.isFetching ? t('state.loading') : t('choose.nothing')
      }
      onChange={(id) => {
        const hit = hits.find((one) => one.id === id)
        onChange(hit === undefined ? null : { kind: hit.kind as About['kind'], id: hit.id, name: labelOf(hit) })
      }}
    />
  )
}
