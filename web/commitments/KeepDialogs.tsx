import { Button, FileButton, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { commitments } from '../../contract/commitments.ts'
import { uploadFile } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { readerZone } from '../platform/moments.ts'
import { localInstant } from '../platform/plain-text.ts'
import { useAct } from '../platform/query.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { isWhenAndWhy, WhenAndWhy, type WhenAndWhyGiven } from '../ui/WhenAndWhy.tsx'
import { OwnerField, type OwnerGiven } from './OwnerField.tsx'

interface Props {
  commitment: string
  title: string
  version?: number
  onClose: () => void
  onDone?: () => void
}
const based = (version: number | undefined) => (version === undefined ? {} : { version })

/** Done, and what shows it. */
export function CompleteDialog({
  commitment,
  title,
  version,
  needsEvidence = false,
  onClose,
  onDone,
}: Props & { needsEvidence?: boolean }) {
  const [evidence, setEvidence] = useState('')
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const complete = useAct(commitments.complete, {
    onDone: () => {
      tellDone(t('byHand.completed', { what: title }))
      onDone?.()
      onClose()
    },
  })
  const attach = (chosen: File[]): void => {
    for (const file of chosen)
      void uploadFile(file)
        .then((stored) => setFiles((before) => [...before, { id: stored.id, name: stored.name }]))
        .catch(tellFailed)
  }
  return (
    <Modal opened onClose={onClose} title={t('byHand.completeTitle', { what: title })}>
      <Form
        onSubmit={() =>
          complete.mutate({ id: commitment, evidence, attachments: files.map((f) => f.id), ...based(version) })
        }
        verb={t('byHand.done')}
        busy={complete.isPending}
        error={complete.error}
        onCancel={onClose}
      >
        <Stack gap="sm">
          <Textarea
            label={t('byHand.evidence')}
            description={t(needsEvidence ? 'byHand.evidenceNeeded' : 'byHand.evidenceHelp')}
            required={needsEvidence}
            data-autofocus
            autosize
            minRows={3}
            value={evidence}
            onChange={(event) => setEvidence(event.currentTarget.value)}
          />
          <Group gap="xs">
            <FileButton onChange={attach} multiple>
              {(button) => (
                <Button {...button} variant="default" size="xs">
                  {t('byHand.attach')}
                </Button>
              )}
            </FileButton>
            {files.map((file) => (
              <span key={file.id} className="soft">
                {file.name}
              </span>
            ))}
          </Group>
        </Stack>
      </Form>
    </Modal>
  )
}

/** Another due moment, with a reason that stays on record. */
export function MoveDialog({ commitment, title, version, onClose }: Props) {
  const move = useAct(commitments.move, { onDone: onClose })
  return (
    <WhenAndWhyDialog
      title={t('byHand.moveTitle', { what: title })}
      verb={t('byHand.move')}
      day={{ label: t('byHand.on'), field: 'due' }}
      time={{ label: t('byHand.time'), help: t('byHand.timeHelp'), first: '' }}
      act={move}
      onSubmit={(on, time, reason) =>
        move.mutate({ id: commitment, due: { on, ...(time === '' ? {} : { time }) }, reason, ...based(version) })
      }
      onClose={onClose}
    />
  )
}

/** Not now: the line leaves the lists until a moment, with a reason. The due moment stays. */
export function SnoozeDialog({ commitment, title, version, onClose, onDone }: Props) {
  const snooze = useAct(commitments.snooze, {
    onDone: () => {
      onDone?.()
      onClose()
    },
  })
  return (
    <WhenAndWhyDialog
      title={t('byHand.snoozeTitle', { what: title })}
      verb={t('byHand.snooze')}
      help={t('byHand.snoozeHelp')}
      day={{ label: t('byHand.until'), field: 'until' }}
      time={{ label: t('byHand.at'), first: '08:00' }}
      act={snooze}
      onSubmit={(on, time, reason) =>
        snooze.mutate({ id: commitment, until: localInstant(on, time, readerZone()), reason, ...based(version) })
      }
      onClose={onClose}
    />
  )
}

interface WhenAndWhyProps {
  title: string
  verb: string
  help?: string
  day: { label: string; field: string }
  time: { label: string; help?: string; first: string }
  act: { isPending: boolean; error: unknown }
  onSubmit: (on: string, time: string, reason: string) => void
  onClose: () => void
}

/** A moment and a reason. */
function WhenAndWhyDialog({ title, verb, help, day, time, act, onSubmit, onClose }: WhenAndWhyProps) {
  const [given, give] = useState<WhenAndWhyGiven>({ on: null, time: time.first, reason: '' })
  return (
    <Modal opened onClose={onClose} title={title}>
      <Form
        onSubmit={() => given.on !== null && onSubmit(given.on, given.time, given.reason)}
        verb={verb}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={!isWhenAndWhy(given)}
      >
        {help !== undefined && (
          <p className="soft" style={{ margin: '0 0 12px' }}>
            {help}
          </p>
        )}
        <WhenAndWhy day={day} time={time} value={given} onChange={give} error={act.error} />
      </Form>
    </Modal>
  )
}

/** To another person or team, who is told. */
export function HandOverDialog({ commitment, title, version, onClose }: Props) {
  const [owner, setOwner] = useState<OwnerGiven>({ kind: 'person', id: '', name: '' })
  const hand = useAct(commitments.handOver, { onDone: onClose })
  return (
    <Modal opened onClose={onClose} title={t('byHand.handOverTitle', { what: title })}>
      <Form
        onSubmit={() => hand.mutate({ id: commitment, owner: { kind: owner.kind, id: owner.id }, ...based(version) })}
        verb={t('byHand.handOver')}
        busy={hand.isPending}
        error={hand.error}
        onCancel={onClose}
        disabled={owner.id === ''}
      >
        <OwnerField value={owner} onChange={setOwner} error={fieldError(hand.error, 'owner')} />
      </Form>
    </Modal>
  )
}
