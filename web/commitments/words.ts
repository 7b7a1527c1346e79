import type { ByHandKind } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'

export const byHandKinds = ['reminder', 'follow_up', 'task', 'review', 'test'] as const satisfies readonly ByHandKind[]
export const kindOptions = () => byHandKinds.map((kind) => ({ value: kind, label: t(`byHand.kind.${kind}`) }))
