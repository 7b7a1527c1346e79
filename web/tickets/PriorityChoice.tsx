import { ticketSetup } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { refusalOf } from '../ui/ActionButton.tsx'
import { Choose, type Option } from '../ui/Choose.tsx'
import type { Acted } from './acted.ts'
import { levelWord, priorityWord } from './words.tsx'

const levels = [1, 2, 3] as const

/** Impact and urgency in one choice, each with the priority that the matrix gives it. */
export function PriorityChoice({
  on,
  onChoose,
  onClose,
}: {
  on: readonly Acted[]
  onChoose: (impact: number, urgency: number) => void
  onClose: () => void
}) {
  const setup = useAsk(ticketSetup.show, {})
  const why = on.length === 1 ? refusalOf(on[0]?.refusals, tickets.edit) : null
  const options: Option[] = levels
    .flatMap((impact) =>
      levels.map((urgency) => ({ impact, urgency, priority: setup.data?.matrix[impact - 1]?.[urgency - 1] ?? 0 })),
    )
    .sort((a, b) => a.priority - b.priority)
    .map(({ impact, urgency, priority }) => ({
      id: `${impact}${urgency}`,
      refusal: why,
      title: t('priorityChoice.option', { impact: levelWord(impact), urgency: levelWord(urgency) }),
      detail: priority === 0 ? undefined : priorityWord(priority),
      current: on.length === 1 && on[0]?.impact === impact && on[0].urgency === urgency,
    }))
  return (
    <Choose
      opened
      title={t('priorityChoice.title')}
      options={options}
      searching={setup.isLoading}
      onChoose={(id) => onChoose(Number(id[0]), Number(id[1]))}
      onClose={onClose}
    />
  )
}
