import { Checkbox, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ByHandKind, commitments } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { paragraphs } from '../platform/plain-text.ts'
import { useAct } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import { type About, AboutField } from './AboutField.tsx'
import { OwnerField, type OwnerGiven } from './OwnerField.tsx'
import { kindOptions } from './words.ts'

const warnings = ['0', '3600', '14400', '86400', '259200', '604800'] as const
export const warnOptions = () => warnings.map((seconds) => ({ value: seconds, label: t(`byHand.warn.${seconds}`) }))

/** Something that must happen by a moment: what, when, whose. Everything else is optional. */
export function MakeDialog({
  about,
  start,
  onClose,
}: {
  about?: About | undefined
  start?: { title: string; kind: ByHandKind }
  onClose: () => void
}) {
  const me = useMe()
  const [title, setTitle] = useState(start?.title ?? '')
  const [note, setNote] = useState('')
  const [kind, setKind] = useState<ByHandKind>(start?.kind ?? (about === undefined ? 'task' : 'follow_up'))
  const [on, setOn] = useState<string | null>(null)
  const [time, setTime] = useState('')
  const [warn, setWarn] = useState<string>('0')
  const [owner, setOwner] = useState<OwnerGiven>({
    kind: 'person',
    id: me?.person?.id ?? '',
    name: me?.person?.name ?? '',
  })
  const [subject, setSubject] = useState<About | null>(about ?? null)
  const [hidden, hide] = useState(false)
  const [evidence, demandEvidence] = useState(false)
  const make = useAct(commitments.make, {
    onDone: (made) => {
      tellDone(t('byHand.made', { reference: made.byHand?.reference ?? '' }))
      onClose()
    },
  })
  const submit = (): void => {
    if (on === null) return
    make.mutate({
      title,
      note: paragraphs(note),
      kind,
      due: { on, ...(time === '' ? {} : { time }) },
      private: hidden && subject === null,
      needsEvidence: evidence,
      ...(owner.id === '' ? {} : { owner: { kind: owner.kind, id: owner.id } }),
      ...(subject === null ? {} : { about: { kind: subject.kind, id: subject.id } }),
      ...(warn === '0' ? {} : { warnSeconds: Number(warn) }),
    })
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t('byHand.make')}>
      <Form
        onSubmit={submit}
        verb={t('byHand.make')}
        busy={make.isPending}
        error={make.error}
        onCancel={onClose}
        disabled={title.trim() === '' || on === null}
      >
        <Stack gap="sm">
          <TextInput
            label={t('byHand.title')}
            required
            data-autofocus
            maxLength={200}
            value={title}
            error={fieldError(make.error, 'title')}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group grow align="start" preventGrowOverflow={false}>
            <DayInput
              label={t('byHand.on')}
              required
              value={on}
              onChange={setOn}
              error={fieldError(make.error, 'due')}
            />
            <TextInput
              miw={130}
              type="time"
              label={t('byHand.time')}
              description={t('byHand.timeHelp')}
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
            />
            <Select
              miw={150}
              label={t('byHand.kind')}
              data={kindOptions()}
              value={kind}
              onChange={(next) => setKind(next ?? 'task')}
            />
          </Group>
          <OwnerField value={owner} onChange={setOwner} error={fieldError(make.error, 'owner')} />
          <AboutField value={subject} onChange={setSubject} error={fieldError(make.error, 'about')} />
          <Select
            label={t('byHand.warn')}
            data={warnOptions()}
            value={warn}
            onChange={(next) => setWarn(next ?? '0')}
          />
          <Textarea
            label={t('byHand.note')}
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label={t('byHand.needsEvidence')}
            checked={evidence}
            onChange={(event) => demandEvidence(event.currentTarget.checked)}
          />
          {subject === null && (
            <Checkbox
              size="xs"
              label={t('byHand.private')}
              checked={hidden}
              onChange={(event) => hide(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
