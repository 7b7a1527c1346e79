import { assignWays, type ConditionField, type EffectKind } from '../../../contract/ticket-rules.ts'

/** Values that a field takes; `id`: of a record; `words`: any text. */
export const takes: Record<ConditionField | EffectKind, readonly string[] | 'id' | 'words'> = {
  channel: ['web', 'api', 'mail', 'monitoring', 'import', 'cli', 'catalogue'],
  title: 'words',
  text: 'words',
  sender: 'words',
  requester: 'id',
  department: 'words',
  kind: ['incident', 'request'],
  priority: ['1', '2', '3', '4', '5'],
  queue: 'id',
  category: 'id',
  state: ['new', 'in_progress', 'waiting_requester', 'waiting_change', 'waiting_vendor', 'resolved', 'closed'],
  assignee: 'id',
  impact: ['1', '2', '3'],
  urgency: ['1', '2', '3'],
  watcher: 'id',
  note: 'words',
  reply: 'words',
  resolve: 'words',
  task: 'words',
}
const besides: Partial<Record<string, readonly string[]>> = {
  'if.assignee': ['nobody'],
  'do.assignee': ['nobody', ...assignWays],
  'macro.assignee': ['nobody', 'me'],
}
/** States into which a rule or macro may bring a ticket by itself: those that need nothing more. */
const statesMade = ['in_progress', 'waiting_requester', 'waiting_change']

/** Whether a value fits a condition (`if`), an effect of a rule (`do`) or of a macro (`macro`); of an id only its form is judged. */
export function isFit(
  role: 'if' | 'do' | 'macro',
  field: ConditionField | EffectKind,
  value: string,
  isId: (text: string) => boolean,
): boolean {
  if (besides[`${role}.${field}`]?.includes(value) === true) return true
  if (role !== 'if' && field === 'state') return statesMade.includes(value)
  const wanted = takes[field]
  if (wanted === 'words') return true
  return wanted === 'id' ? isId(value) : wanted.includes(value)
}
