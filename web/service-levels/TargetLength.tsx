import { NumberInput, Select } from '@mantine/core'
import type { Target } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'

/** How long a target is: working hours and minutes, or working days. */
export function TargetLength({ target, onChange }: { target: Target; onChange: (target: Target) => void }) {
  const inDays = target.workingDays !== undefined
  const measure = (days: boolean): void => {
    const { seconds: _seconds, workingDays: _days, endOfDay: _end, ...rest } = target
    onChange(days ? { ...rest, workingDays: 1 } : { ...rest, seconds: 8 * 3600 })
  }
  const seconds = target.seconds ?? 0
  return (
    <>
      <Select
        w={180}
        label={t('target.measure')}
        data={[
          { value: 'time', label: t('preview.hours') },
          { value: 'days', label: t('preview.days') },
        ]}
        value={inDays ? 'days' : 'time'}
        onChange={(unit) => measure(unit === 'days')}
      />
      {inDays ? (
        <NumberInput
          w={110}
          label={t('target.days')}
          min={0}
          max={2000}
          value={target.workingDays ?? 0}
          onChange={(value) => onChange({ ...target, workingDays: Number(value) || 0 })}
        />
      ) : (
        <>
          <NumberInput
            w={90}
            label={t('target.hours')}
            min={0}
            value={Math.floor(seconds / 3600)}
            onChange={(value) => onChange({ ...target, seconds: (Number(value) || 0) * 3600 + (seconds % 3600) })}
          />
          <NumberInput
            w={90}
            label={t('target.minutes')}
            min={0}
            max={59}
            value={Math.floor((seconds % 3600) / 60)}
            onChange={(value) =>
              onChange({ ...target, seconds: Math.floor(seconds / 3600) * 3600 + (Number(value) || 0) * 60 })
            }
          />
        </>
      )}
    </>
  )
}
