import { ActionIcon, Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { LadderStep } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import classes from './ServiceLevels.module.css'

const hearers = ['owner', 'assignee', 'team', 'lead', 'coordinators', 'requester', 'watchers', 'on_call'] as const
type When = 'percent' | 'workingBefore' | 'workingAfter' | 'clockBefore' | 'clockAfter'

const whenOf = (step: LadderStep): { when: When; amount: number } => {
  if (step.percent !== undefined) return { when: 'percent', amount: step.percent }
  const seconds = step.workingSeconds ?? step.clockSeconds ?? 0
  const side = seconds < 0 ? 'Before' : 'After'
  return { when: `${step.workingSeconds !== undefined ? 'working' : 'clock'}${side}`, amount: Math.abs(seconds) / 60 }
}

/** One rung: when, who hears, and whether the priority rises. */
export function LadderStepEditor({
  step,
  onChange,
  onRemove,
}: {
  step: LadderStep
  onChange: (step: LadderStep) => void
  onRemove: () => void
}) {
  const { when, amount } = whenOf(step)
  const set = (nextWhen: When, nextAmount: number): void => {
    const { percent: _p, workingSeconds: _w, clockSeconds: _c, ...rest } = step
    const seconds = Math.round(nextAmount * 60) * (nextWhen.endsWith('Before') ? -1 : 1)
    onChange(
      nextWhen === 'percent'
        ? { ...rest, percent: nextAmount }
        : nextWhen.startsWith('working')
          ? { ...rest, workingSeconds: seconds }
          : { ...rest, clockSeconds: seconds },
    )
  }
  return (
    <div className={classes['step']}>
      <NumberInput
        w={90}
        label={t(when === 'percent' ? 'step.percent' : 'step.minutes')}
        min={0}
        value={amount}
        onChange={(value) => set(when, Number(value) || 0)}
      />
      <Select
        w={230}
        label={t('step.when')}
        data={(['percent', 'workingBefore', 'workingAfter', 'clockBefore', 'clockAfter'] as const).map((one) => ({
          value: one,
          label: t(`step.when.${one}`),
        }))}
        value={when}
        onChange={(next) => set(next ?? 'percent', next === 'percent' ? 75 : 30)}
      />
      <MultiSelect
        className={classes['grow'] ?? ''}
        label={t('step.notify')}
        data={hearers.map((who) => ({ value: who, label: t(`step.notify.${who}`) }))}
        value={step.notify}
        onChange={(notify) => onChange({ ...step, notify: notify })}
      />
      <Checkbox
        size="xs"
        mb={8}
        label={t('step.raise')}
        checked={step.raisePriority}
        onChange={(event) => onChange({ ...step, raisePriority: event.currentTarget.checked })}
      />
      <ActionIcon mb={4} aria-label={t('step.remove')} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}
