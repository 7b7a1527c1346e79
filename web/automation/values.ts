import { assignWays, type ConditionField, type EffectKind } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { levelWord, priorityWord, stateWord } from '../tickets/words.tsx'

type Option = { value: string; label: string }

const channels = ['web', 'mail', 'monitoring', 'api', 'import', 'cli'] as const
const states = [
  'new',
  'in_progress',
  'waiting_requester',
  'waiting_vendor',
  'waiting_change',
  'resolved',
  'closed',
] as const
/** Into which a rule may bring a ticket by itself. */
const statesMade = ['in_progress', 'waiting_requester', 'waiting_change'] as const
const kinds = () => (['incident', 'request'] as const).map((value) => ({ value, label: t(`rules.kind.${value}`) }))
const levels = () => ([1, 2, 3] as const).map((value) => ({ value: String(value), label: levelWord(value) }))

/** The words of a field that has few values; null for fields of another sort. */
export function optionsOf(role: 'if' | 'do' | 'macro', field: ConditionField | EffectKind): Option[] | null {
  switch (field) {
    case 'channel':
      return channels.map((value) => ({ value, label: t(`rules.channel.${value}`) }))
    case 'kind':
      return kinds()
    case 'priority':
      return [1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: priorityWord(value) }))
    case 'state':
      return (role === 'if' ? states : statesMade).map((value) => ({ value, label: stateWord(value) }))
    case 'impact':
    case 'urgency':
      return levels()
    default:
      return null
  }
}

const besides = {
  if: ['nobody'],
  do: ['nobody', ...assignWays],
  macro: ['nobody', 'me'],
} as const

/** Who can be meant besides a person by name. */
export const peopleBesides = (role: 'if' | 'do' | 'macro', field: ConditionField | EffectKind): Option[] =>
  field !== 'assignee'
    ? []
    : besides[role].map((value) => ({
        value,
        label: t(`rules.assignee.${value}`),
      }))
