import { loanPools } from '../../contract/asset-models.ts'
import { type AssetRow, assets } from '../../contract/assets.ts'
import { vendors } from '../../contract/vendors.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import type { Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { tellDone } from '../ui/told.ts'
import { locationInput, named } from './form-fields.tsx'

/** The same change for a selection; what is left empty stays as it is. */
export function BulkEdit({
  chosen,
  onClose,
  onDone,
}: {
  chosen: readonly AssetRow[]
  onClose: () => void
  onDone: () => void
}) {
  const pools = useAsk(loanPools.list, { active: true })
  const known = useAsk(vendors.list, { limit: 200 })
  const edit = useAct(assets.editMany, {
    onDone: ({ changed }) => {
      tellDone(t('assets.bulkDone', { n: changed }))
      onDone()
    },
  })
  const submit = (values: Values): void => {
    const change = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
    )
    edit.mutate({ assets: chosen.map((row) => row.id), change })
  }
  return (
    <RecordForm
      title={t('assets.bulkTitle', { n: chosen.length })}
      help={t('assets.bulkHelp')}
      verb={t('save')}
      fields={[
        locationInput(),
        { name: 'pool', label: t('asset.pool'), type: 'choose', options: named(pools.data?.items) },
        { name: 'vendor', label: t('asset.vendor'), type: 'choose', options: named(known.data?.items) },
        { name: 'purchasedOn', label: t('asset.purchased'), type: 'day' },
        { name: 'warrantyUntil', label: t('assets.warranty'), type: 'day' },
        { name: 'leaseUntil', label: t('asset.lease'), type: 'day' },
        { name: 'nextAuditOn', label: t('asset.nextAudit'), type: 'day' },
      ]}
      start={{}}
      busy={edit.isPending}
      error={edit.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
