import type { Conditions, Target } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'
import { clockKind } from '../ui/ClockChip.tsx'

export const lengthInWords = (target: Pick<Target, 'seconds' | 'workingDays'>): string =>
  target.workingDays !== undefined
    ? t('clocks.workingDays', { n: target.workingDays })
    : t('clocks.workingTime', { span: exactSpan(target.seconds ?? 0) })

export const targetInWords = (target: Target): string =>
  t('serviceLevels.target', { kind: clockKind(target.kind), length: lengthInWords(target) })

/** Every condition that is given must hold; none takes everything. */
export function conditionsInWords(conditions: Conditions): string {
  const parts = [
    conditions.kinds?.map((kind) => t(`ticket.kind.${kind}`)).join(', '),
    conditions.priorities?.map((priority) => t(`ticket.priority.${priority as 1 | 2 | 3 | 4 | 5}`)).join(', '),
    conditions.queues === undefined || conditions.queues.length === 0
      ? ''
      : t('serviceLevels.queues', { n: conditions.queues.length }),
    conditions.categories === undefined || conditions.categories.length === 0
      ? ''
      : t('serviceLevels.categories', { n: conditions.categories.length }),
  ].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? t('serviceLevels.everything') : parts.join(' · ')
}
