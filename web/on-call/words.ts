import type { PathStep } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'

export const whoms = [
  'on_call',
  'next_on_call',
  'team',
  'lead',
  'coordinators',
] as const satisfies readonly PathStep['tell'][]
export const whomOptions = () => whoms.map((whom) => ({ value: whom, label: t(`onCall.whom.${whom}`) }))

export const stepWords = (step: PathStep): string =>
  step.afterMinutes === 0
    ? t('onCall.stepAtOnce', { whom: t(`onCall.whom.${step.tell}`) })
    : t('onCall.stepAfter', { n: step.afterMinutes, whom: t(`onCall.whom.${step.tell}`) })
