import { Modal, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { type Asset, assets, type AssetState } from '../../contract/assets.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import { stateWord } from './words.tsx'

/** Moves an asset on. Ways that the life cycle refuses at present stand there with the reason. */
export function StateDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const [to, setTo] = useState<AssetState | null>(null)
  const [reason, setReason] = useState('')
  const [location, setLocation] = useState(asset.location?.id ?? null)
  const change = useAct(assets.changeState, {
    onDone: (after) => {
      tellDone(t('asset.moved', { tag: after.tag, state: stateWord(after.state) }))
      onClose()
    },
  })
  const move = asset.moves.find((one) => one.state === to)
  // a place can still be said here
  const refusal = move?.refusal?.code === 'assets.needs-place' && location !== null ? null : (move?.refusal ?? null)
  const needsPlace = to === 'in_stock' || to === 'reserved'
  return (
    <Modal opened onClose={onClose} title={t('asset.changeState')}>
      <Form
        onSubmit={() => {
          if (to !== null) change.mutate({ id: asset.id, version: asset.version, state: to, reason, location })
        }}
        verb={to === null ? t('asset.changeState') : t('asset.moveOn', { state: stateWord(to) })}
        busy={change.isPending}
        error={change.error}
        onCancel={onClose}
        disabled={
          move === undefined ||
          refusal !== null ||
          (move.needsReason && reason.trim().length < 3) ||
          (needsPlace && location === null)
        }
      >
        <Stack gap="sm">
          <Select
            label={t('assets.state')}
            data-autofocus
            data={asset.moves
              .filter((one) => one.state !== 'disposed')
              .map((one) => ({ value: one.state, label: stateWord(one.state) }))}
            value={to}
            error={refusal?.sentence}
            onChange={(state) => setTo(state)}
          />
          <LocationField
            label={t('assets.location')}
            required={needsPlace}
            value={location}
            onChange={setLocation}
            error={fieldError(change.error, 'location')}
          />
          <Textarea
            label={t('asset.reason')}
            required={move?.needsReason === true}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </Form>
    </Modal>
  )
}
