import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Location, locationKinds, locations } from '../../contract/locations.ts'
import { RegisterTabs } from '../assets/tabs.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { ListPage, wholeList } from '../ui/ListPage.tsx'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { RowButton } from '../ui/RowButton.tsx'
import { LocationField } from '../locations/LocationField.tsx'

/** The tree of places, each before what is inside it. */
export default function LocationsPage() {
  const asked = useAsk(locations.list, {})
  const [open, setOpen] = useState<Location | { within: string | null } | null>(null)
  const columns: Column<Location>[] = [
    {
      id: 'name',
      title: t('locations.name'),
      width: 'grow',
      main: true,
      render: (row) => <RowButton title={row.name} indent={row.depth} onClick={() => setOpen(row)} />,
    },
    { id: 'kind', title: t('locations.kind'), width: 120, render: (row) => t(`locations.kind.${row.kind}`) },
    {
      id: 'address',
      title: t('locations.address'),
      width: 260,
      render: (row) => [row.street, row.postalCode, row.city, row.country].filter(Boolean).join(', '),
    },
    { id: 'contact', title: t('locations.contact'), width: 180, render: (row) => row.contact?.name },
    {
      id: 'assets',
      title: t('assets.title'),
      width: 110,
      render: (row) => <Link to={paths.assetsOf({ location: row.id })}>{t('locations.assets')}</Link>,
    },
    {
      id: 'active',
      title: t('vendors.standing'),
      width: 100,
      render: (row) => (row.active ? t('vendors.active') : <span className="soft">{t('locations.closed')}</span>),
    },
  ]
  const button = (
    <ActionButton action={locations.create} onClick={() => setOpen({ within: null })}>
      {t('locations.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('locations.title')}
        tabs={<RegisterTabs current="locations" />}
        list={wholeList(asked)}
        columns={columns}
        actions={button}
        empty={{ title: t('locations.empty'), help: t('locations.emptyHelp'), action: button }}
      />
      {open !== null && <LocationForm location={'id' in open ? open : null} onClose={() => setOpen(null)} />}
    </>
  )
}

function LocationForm({ location, onClose }: { location: Location | null; onClose: () => void }) {
  const create = useAct(locations.create, { onDone: onClose })
  const edit = useAct(locations.edit, { onDone: onClose })
  const [contact, setContact] = useState(location?.contact ?? null)
  const act = location === null ? create : edit
  const fields: FormField[] = [
    { name: 'name', label: t('locations.name'), type: 'line', required: true },
    {
      name: 'kind',
      label: t('locations.kind'),
      type: 'choose',
      required: true,
      options: locationKinds.map((kind) => ({ value: kind, label: t(`locations.kind.${kind}`) })),
    },
    {
      name: 'parent',
      label: t('locations.parent'),
      type: 'own',
      render: ({ value, set, error }) => (
        <LocationField
          label={t('locations.parent')}
          description={t('locations.parentHelp')}
          value={value as string | null}
          onChange={set}
          error={error}
        />
      ),
    },
    {
      name: 'contact',
      label: t('locations.contact'),
      type: 'own',
      render: ({ set, error }) => (
        <PersonField
          label={t('locations.contact')}
          value={contact}
          error={error}
          onChange={(person) => {
            setContact(person)
            set(person?.id ?? null)
          }}
        />
      ),
    },
    { name: 'street', label: t('locations.street'), type: 'line' },
    { name: 'postalCode', label: t('locations.postalCode'), type: 'line' },
    { name: 'city', label: t('locations.city'), type: 'line' },
    { name: 'region', label: t('locations.region'), type: 'line' },
    { name: 'country', label: t('locations.country'), type: 'line', help: t('locations.countryHelp') },
    { name: 'note', label: t('asset.note'), type: 'text', wide: true },
    ...(location === null
      ? []
      : [{ name: 'active', label: t('locations.open'), type: 'check', wide: true } satisfies FormField]),
  ]
  const submit = ({ note, ...values }: Values, version: number | undefined): void => {
    const sent = { ...values, note: note ?? '' } as never
    if (location === null) create.mutate(sent)
    else edit.mutate({ ...(sent as object), id: location.id, version })
  }
  return (
    <RecordForm
      title={t(location === null ? 'locations.add' : 'locations.edit')}
      verb={t(location === null ? 'locations.add' : 'save')}
      fields={fields}
      start={
        location === null
          ? { kind: 'site', parent: null, contact: null }
          : { ...location, contact: location.contact?.id ?? null }
      }
      version={location?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
