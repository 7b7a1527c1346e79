import type { Ref } from '../../contract/action.ts'
import type { BulkChange } from '../../contract/ticket-bulk-edits.ts'
import { paragraphs } from '../platform/plain-text.ts'
import type { Values } from '../ui/FieldEntry.tsx'

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

/** What a form of changes asks for; a field that was left empty is none. */
export function changeOf(values: Values): BulkChange {
  const [queue, category, vendor] = [text(values['queue']), text(values['category']), text(values['vendor'])]
  const [impact, urgency, note] = [text(values['impact']), text(values['urgency']), text(values['note'])]
  const [state, resolution] = [text(values['state']), text(values['resolution'])]
  const person = values['assignee'] as Ref | null | undefined
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(values['nobody'] === true ? { assignee: null } : person == null ? {} : { assignee: person.id }),
    ...(category === undefined ? {} : { category }),
    ...(impact === undefined ? {} : { impact: Number(impact) }),
    ...(urgency === undefined ? {} : { urgency: Number(urgency) }),
    ...(note === undefined ? {} : { note: { public: values['notePublic'] === true, body: paragraphs(note) } }),
    ...(state === undefined ? {} : { state: state as NonNullable<BulkChange['state']> }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(resolution === undefined ? {} : { resolution: paragraphs(resolution) }),
  }
}
