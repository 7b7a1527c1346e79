import { Group, Select } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { AssetField } from '../assets/AssetField.tsx'
import { LocationField } from '../locations/LocationField.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'

export type To = { kind: 'person' | 'location' | 'asset'; id: string } | null

/** Whom or what it goes to. */
export function HolderFields({
  onChange,
  error,
  required = true,
}: {
  onChange: (to: To) => void
  error: string | undefined
  required?: boolean
}) {
  const [kind, setKind] = useState<'person' | 'location' | 'asset'>('person')
  const [person, setPerson] = useState<Ref | null>(null)
  const [location, setLocation] = useState<string | null>(null)
  const [asset, setAsset] = useState<string | null>(null)
  return (
    <Group align="flex-start" gap="sm">
      <Select
        w={150}
        label={t('desk.to')}
        allowDeselect={false}
        data={(['person', 'location', 'asset'] as const).map((value) => ({ value, label: t(`desk.to.${value}`) }))}
        value={kind}
        onChange={(next) => {
          setKind(next ?? 'person')
          onChange(null)
        }}
      />
      <div style={{ flex: '1 1 260px' }}>
        {kind === 'person' ? (
          <PersonField
            label={t('desk.to.person')}
            required={required}
            value={person}
            error={error}
            onChange={(next) => {
              setPerson(next)
              onChange(next === null ? null : { kind, id: next.id })
            }}
          />
        ) : kind === 'location' ? (
          <LocationField
            label={t('desk.to.location')}
            required={required}
            value={location}
            error={error}
            onChange={(next) => {
              setLocation(next)
              onChange(next === null ? null : { kind, id: next })
            }}
          />
        ) : (
          <AssetField
            label={t('desk.to.asset')}
            required={required}
            error={error}
            value={asset}
            onChange={(next) => {
              setAsset(next)
              onChange(next === null ? null : { kind, id: next })
            }}
          />
        )}
      </div>
    </Group>
  )
}
