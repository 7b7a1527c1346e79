import { LocationField } from '../locations/LocationField.tsx'
import { t } from '../platform/i18n.ts'
import { type MoneyGiven, MoneyInput } from '../ui/MoneyInput.tsx'
import type { FormField } from '../ui/FieldEntry.tsx'

/** Records with a name as choices of a form. */
export const named = (items: readonly { id: string; name: string }[] | undefined) =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }))

/** The location of a record of the register. */
export const locationInput = (description?: string): FormField => ({
  name: 'location',
  label: t('assets.location'),
  type: 'own',
  render: ({ value, set, error }) => (
    <LocationField
      label={t('assets.location')}
      {...(description === undefined ? {} : { description })}
      value={(value as string | null | undefined) ?? null}
      onChange={set}
      error={error}
    />
  ),
})

/** A sum with its currency. */
export const moneyInput = (name: string, label: string): FormField => ({
  name,
  label,
  type: 'own',
  render: ({ value, set, error }) => (
    <MoneyInput label={label} value={(value as MoneyGiven | null | undefined) ?? null} onChange={set} error={error} />
  ),
})
