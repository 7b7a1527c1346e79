import type { AssetState } from '../../../contract/assets.ts'
import type { ItemTask } from '../../../contract/ticket-items.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Standing } from './ticket-states.ts'

/** What decides whether a ticket can be about something, and what it can do with it. */
export interface ItemFacts {
  readonly kind: 'asset' | 'service' | 'location'
  /** Null for what has none. */
  readonly state: AssetState | null
  /** The actor has it. */
  readonly own: boolean
}

export interface ItemActor extends Standing {
  /** May move assets on in their life cycle. */
  readonly handles: boolean
  /** The ticket was merged into another one, where things are planned from now on. */
  readonly merged: boolean
}

const merged: Refusal = { code: 'tickets.merged' }

/** Null where the actor can link it. Who works on the ticket links anything; who asks, what one has. */
export function whyNotLink(item: ItemFacts, task: ItemTask, who: ItemActor): Refusal | null {
  if (!who.inside) {
    if (!who.requester) return { code: 'tickets.not-yours-to-work' }
    if (task !== 'affected' || !item.own) return { code: 'ticket-items.own-alone' }
    return who.merged ? merged : null
  }
  return whyNotTask(item, task, who)
}

/** Null where the ticket can do this with it; whether it succeeds is decided when it is done. */
export function whyNotTask(item: Omit<ItemFacts, 'own'>, task: ItemTask, who: ItemActor): Refusal | null {
  if (!who.inside) return { code: 'tickets.not-yours-to-work' }
  if (who.merged) return merged
  if (task === 'affected') return null
  if (item.kind !== 'asset') return { code: 'ticket-items.assets-alone' }
  if (!who.handles) return { code: 'forbidden', params: { permission: 'assets.work' } }
  const over = item.state === 'disposed' || item.state === 'retired'
  return over ? { code: 'ticket-items.over', params: { state: item.state } } : null
}

/** What was carried out stays as it was; the cost of it can still be said. */
export function whyNotRedo(item: { readonly doneAt: string | null }, who: ItemActor): Refusal | null {
  if (!who.inside) return { code: 'tickets.not-yours-to-work' }
  return item.doneAt === null ? null : { code: 'ticket-items.done' }
}

/** Where an asset goes when it comes back from repair: to whoever has it, else to stock. */
export const afterRepair = (hasHolder: boolean): 'deployed' | 'in_stock' => (hasHolder ? 'deployed' : 'in_stock')

/** A step that a theft asks for, and how long it may take. */
export interface TheftStep {
  readonly step: 'lock' | 'access' | 'privacy' | 'police' | 'replace' | 'insurer'
  readonly hours: number
  /** It is done only with words that show so. */
  readonly needsEvidence: boolean
}

/**
 * What must be done when a device is stolen, in order. The privacy step leaves two of the three days in which a breach of personal data is notified
 * to the authority (GDPR, Article 33 (1)).
 */
export const theftSteps: readonly TheftStep[] = [
  { step: 'lock', hours: 1, needsEvidence: false },
  { step: 'access', hours: 2, needsEvidence: false },
  { step: 'privacy', hours: 24, needsEvidence: true },
  { step: 'police', hours: 24, needsEvidence: true },
  { step: 'replace', hours: 48, needsEvidence: false },
  { step: 'insurer', hours: 72, needsEvidence: true },
]
