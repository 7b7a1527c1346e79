import { AssetField } from '../assets/AssetField.tsx'
import { t } from '../platform/i18n.ts'
import type { FormField } from '../ui/FieldEntry.tsx'
import { severityOptions } from './words.tsx'

/** What all has that is watched: how bad it is when it fails, and what it is about. */
export const watchedFields = (asset: { id: string; tag: string; name: string } | null): FormField[] => [
  { type: 'choose', name: 'severity', label: t('watched.severity'), options: severityOptions(), required: true },
  {
    type: 'own',
    name: 'asset',
    label: t('alerts.device'),
    render: ({ value, set, error }) => (
      <AssetField
        label={t('alerts.device')}
        description={t('watched.deviceHelp')}
        error={error}
        value={typeof value === 'string' ? value : null}
        chosen={asset === null ? null : { id: asset.id, name: `${asset.tag} ${asset.name}`.trim() }}
        onChange={set}
      />
    ),
  },
  { type: 'check', name: 'active', label: t('watched.active') },
]
