import { Checkbox, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { commitmentSeries, type Series } from '../../contract/commitment-series.ts'
import { type ByHandKind } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { absolute, plainDay } from '../platform/moments.ts'
import { paragraphs } from '../platform/plain-text.ts'
import { useAct } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { sentenceOf } from '../platform/failures.ts'
import { tellDone } from '../ui/told.ts'
import { type About, AboutField } from './AboutField.tsx'
import { warnOptions } from './MakeDialog.tsx'
import { OwnerField, type OwnerGiven } from './OwnerField.tsx'
import { kindOptions } from './words.ts'

/** Rules people mean most; any other rule of RFC 5545 is typed. */
const presets = [
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;INTERVAL=3',
  'FREQ=YEARLY',
] as const

/** A promise that comes again: what, how often from when, whose. The next dates are shown as the rule is typed. */
export function SeriesDialog({ series, onClose }: { series: Series | null; onClose: () => void }) {
  const me = useMe()
  const [title, setTitle] = useState(series?.title ?? '')
  const [note, setNote] = useState('')
  const [kind, setKind] = useState<ByHandKind>(series?.kind ?? 'test')
  const [rule, setRule] = useState(series?.rule ?? 'FREQ=MONTHLY')
  const [startsOn, setStartsOn] = useState<string | null>(series?.startsOn ?? null)
  const [time, setTime] = useState(series?.dueTime ?? '')
  const [lead, setLead] = useState(series?.leadDays ?? 14)
  const [warn, setWarn] = useState(String(series?.warnSeconds ?? 0))
  const [owner, setOwner] = useState<OwnerGiven>(
    series?.owner ?? { kind: 'person', id: me?.person?.id ?? '', name: me?.person?.name ?? '' },
  )
  const [about, setAbout] = useState<About | null>(null)
  const [evidence, demandEvidence] = useState(series?.needsEvidence ?? true)
  const [active, activate] = useState(series?.active ?? true)
  const done = (): void => {
    tellDone(t('series.saved', { title }))
    onClose()
  }
  const create = useAct(commitmentSeries.create, { onDone: done })
  const edit = useAct(commitmentSeries.edit, { onDone: done })
  const failed = create.error ?? edit.error
  const isPreset = presets.some((one) => one === rule)
  const [typed, type] = useState(!isPreset)
  const submit = (): void => {
    const said = {
      title,
      needsEvidence: evidence,
      leadDays: lead,
      rule,
      ...(owner.id === '' ? {} : { owner: { kind: owner.kind, id: owner.id } }),
    }
    if (series !== null)
      edit.mutate({
        ...said,
        id: series.id,
        version: series.version,
        warnSeconds: warn === '0' ? null : Number(warn),
        active,
      })
    else if (startsOn !== null)
      create.mutate({
        ...said,
        kind,
        note: paragraphs(note),
        startsOn,
        dueTime: time === '' ? null : time,
        ...(warn === '0' ? {} : { warnSeconds: Number(warn) }),
        ...(about === null ? {} : { about: { kind: about.kind, id: about.id } }),
      })
  }
  return (
    <Modal opened size="lg" onClose={onClose} title={t(series === null ? 'series.make' : 'series.edit')}>
      <Form
        onSubmit={submit}
        verb={t(series === null ? 'series.make' : 'save')}
        busy={create.isPending || edit.isPending}
        error={failed}
        onCancel={onClose}
        disabled={title.trim() === '' || (series === null && startsOn === null)}
      >
        <Stack gap="sm">
          <TextInput
            label={t('byHand.title')}
            required
            data-autofocus
            maxLength={200}
            value={title}
            error={fieldError(failed, 'title')}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group grow align="start" preventGrowOverflow={false}>
            <Select
              miw={220}
              label={t('series.rule')}
              data={[
                ...presets.map((one) => ({ value: one as string, label: t(`series.preset.${one}`) })),
                { value: 'other', label: t('series.other') },
              ]}
              value={typed ? 'other' : rule}
              onChange={(next) => {
                type(next === 'other')
                if (next !== null && next !== 'other') setRule(next)
              }}
            />
            {series === null && (
              <>
                <DayInput
                  label={t('series.startsOn')}
                  required
                  value={startsOn}
                  onChange={setStartsOn}
                  error={fieldError(failed, 'startsOn')}
                />
                <TextInput
                  miw={130}
                  type="time"
                  label={t('byHand.time')}
                  description={t('byHand.timeHelp')}
                  value={time}
                  onChange={(event) => setTime(event.currentTarget.value)}
                />
              </>
            )}
          </Group>
          {typed && (
            <TextInput
              label={t('series.typed')}
              description={t('series.typedHelp')}
              value={rule}
              error={fieldError(failed, 'rule')}
              onChange={(event) => setRule(event.currentTarget.value)}
            />
          )}
          <Preview rule={rule} startsOn={startsOn} dueTime={time === '' ? null : time} />
          <OwnerField value={owner} onChange={setOwner} error={fieldError(failed, 'owner')} />
          {series === null && <AboutField value={about} onChange={setAbout} error={fieldError(failed, 'about')} />}
          <Group grow align="start" preventGrowOverflow={false}>
            {series === null && (
              <Select
                miw={150}
                label={t('byHand.kind')}
                data={kindOptions()}
                value={kind}
                onChange={(next) => setKind(next ?? 'test')}
              />
            )}
            <NumberInput
              miw={150}
              label={t('series.lead')}
              min={0}
              max={366}
              allowDecimal={false}
              value={lead}
              onChange={(days) => setLead(Number(days) || 0)}
            />
            <Select
              miw={170}
              label={t('byHand.warn')}
              data={warnOptions()}
              value={warn}
              onChange={(next) => setWarn(next ?? '0')}
            />
          </Group>
          {series === null && (
            <Textarea
              label={t('byHand.note')}
              autosize
              minRows={2}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          <Checkbox
            size="xs"
            label={t('byHand.needsEvidence')}
            checked={evidence}
            onChange={(event) => demandEvidence(event.currentTarget.checked)}
          />
          {series !== null && (
            <Checkbox
              size="xs"
              label={t('series.active')}
              checked={active}
              onChange={(event) => activate(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}

function Preview({ rule, startsOn, dueTime }: { rule: string; startsOn: string | null; dueTime: string | null }) {
  const [asked] = useDebouncedValue(JSON.stringify({ rule, startsOn, dueTime }), 250)
  const preview = useAct(commitmentSeries.preview)
  const { mutate } = preview
  useEffect(() => {
    const given = JSON.parse(asked) as { rule: string; startsOn: string | null; dueTime: string | null }
    if (given.startsOn !== null && given.rule.length >= 6) mutate({ ...given, startsOn: given.startsOn, limit: 4 })
  }, [asked, mutate])
  if (startsOn === null) return null
  return (
    <p className="soft" style={{ margin: 0 }} aria-live="polite">
      {preview.error !== null
        ? sentenceOf(preview.error)
        : preview.data === undefined
          ? t('state.loading')
          : preview.data.occurrences.length === 0
            ? t('series.over')
            : t('series.nextDates', {
                dates: preview.data.occurrences
                  .map((at) => (dueTime === null ? plainDay(dayBefore(at)) : absolute(at)))
                  .join(' · '),
              })}
    </p>
  )
}

/** The date that ends at a moment, in the reader's zone. */
const dayBefore = (at: string): string => {
  const last = new Date(Date.parse(at) - 1000)
  return `${last.getFullYear()}-${String(last.getMonth() + 1).padStart(2, '0')}-${String(last.getDate()).padStart(2, '0')}`
}
