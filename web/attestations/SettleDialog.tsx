import { Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import {
  type Attestation,
  attestations,
  type AttestedItem,
  type DifferenceRemedy,
  differenceRemedies,
} from '../../contract/attestations.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

interface Props {
  campaign: Attestation
  items: readonly AttestedItem[]
  onClose: () => void
  onDone: () => void
}

/** How differences are settled, one or many at once. */
export function SettleDialog({ campaign, items, onClose, onDone }: Props) {
  const refusalFor = (remedy: DifferenceRemedy): string | null =>
    items.map((item) => item.refusals[remedy]?.sentence).find((sentence) => sentence !== undefined) ?? null
  const ways = differenceRemedies.filter((remedy) => refusalFor(remedy) === null)
  const [remedy, choose] = useState<DifferenceRemedy | null>(ways[0] ?? null)
  const [reason, setReason] = useState('')
  const [to, setTo] = useState<Ref | null>(null)
  const [location, setLocation] = useState<string | null>(null)
  const [tag, setTag] = useState('')
  const act = useAct(attestations.settle, {
    onDone: () => {
      tellDone(t('attestation.settledDone', { n: items.length }))
      onDone()
    },
  })
  const needsReason = remedy === 'keep' || remedy === 'lost' || remedy === 'leave'
  const isMissing =
    remedy === null ||
    (needsReason && reason.trim().length < 3) ||
    (remedy === 'transfer' && to === null) ||
    (remedy === 'give' && tag.trim() === '')
  const [first] = items
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        items.length === 1
          ? `${t('attestation.settle')}: ${first?.asset?.tag ?? first?.note ?? ''}`
          : t('attestation.settle')
      }
    >
      <Form
        onSubmit={() => {
          if (remedy === null) return
          act.mutate({
            id: campaign.id,
            items: items.map((item) => item.id),
            remedy,
            reason,
            ...(remedy === 'transfer' && to !== null ? { to: to.id } : {}),
            ...(remedy === 'take_back' && location !== null ? { location } : {}),
            ...(remedy === 'give' ? { asset: tag.trim() } : {}),
          })
        }}
        verb={t('attestation.settle')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={isMissing}
      >
        <Stack gap="sm">
          {ways.length === 0 ? (
            <p>{refusalFor('leave')}</p>
          ) : (
            <Radio.Group
              label={t('attestation.how')}
              value={remedy}
              onChange={(next) => choose(differenceRemedies.find((one) => one === next) ?? null)}
            >
              <Stack gap={6} mt={4}>
                {ways.map((one) => (
                  <Radio key={one} value={one} label={t(`attestation.remedy.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          {remedy === 'transfer' && (
            <PersonField
              label={t('attestation.to')}
              required
              value={to}
              onChange={setTo}
              error={fieldError(act.error, 'to')}
            />
          )}
          {remedy === 'take_back' && (
            <LocationField
              label={t('attestation.putAt')}
              value={location}
              onChange={setLocation}
              error={fieldError(act.error, 'location')}
            />
          )}
          {remedy === 'give' && (
            <TextInput
              label={t('attestation.tag')}
              required
              value={tag}
              error={fieldError(act.error, 'asset')}
              onChange={(event) => setTag(event.currentTarget.value)}
            />
          )}
          {remedy !== null && remedy !== 'give' && (
            <Textarea
              label={t('attestation.reason')}
              required={needsReason}
              autosize
              minRows={2}
              value={reason}
              error={fieldError(act.error, 'reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
