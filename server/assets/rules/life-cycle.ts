import type { AssetState } from '../../../contract/assets.ts'
import { assetStates } from '../../../contract/assets.ts'
import type { Refusal } from '../../platform/errors.ts'

/** What coming into a state does and asks for. */
export interface Stage {
  /** Who has it: stays as it is, must be somebody, or is nobody from then on. */
  readonly holder: 'stays' | 'needed' | 'released'
  /** A place must be known. */
  readonly place: boolean
  /** Whether warranty, lease, end of life, audit and return are waited for. */
  readonly moments: 'run' | 'rest'
  /** The date that the first coming into the state sets. */
  readonly dates: 'received_on' | 'in_service_on' | 'retired_on' | 'disposed_on' | null
}

/** The life of an asset: for each state what coming into it does (ISO/IEC 19770-1, ITIL 4 IT asset management). */
export const stages: Record<AssetState, Stage> = {
  ordered: { holder: 'released', place: false, moments: 'rest', dates: null },
  received: { holder: 'released', place: false, moments: 'run', dates: 'received_on' },
  in_stock: { holder: 'released', place: true, moments: 'run', dates: 'received_on' },
  reserved: { holder: 'released', place: true, moments: 'run', dates: null },
  deployed: { holder: 'needed', place: false, moments: 'run', dates: 'in_service_on' },
  in_repair: { holder: 'stays', place: false, moments: 'run', dates: null },
  lost: { holder: 'stays', place: false, moments: 'run', dates: null },
  stolen: { holder: 'stays', place: false, moments: 'run', dates: null },
  retired: { holder: 'released', place: false, moments: 'rest', dates: 'retired_on' },
  disposed: { holder: 'released', place: false, moments: 'rest', dates: 'disposed_on' },
}

/** Where an asset can go from each state; `!` asks for a reason. */
const ways: Record<AssetState, string> = {
  ordered: 'received in_stock retired!',
  received: 'in_stock reserved deployed in_repair! retired!',
  in_stock: 'reserved deployed in_repair! lost! stolen! retired!',
  reserved: 'in_stock deployed in_repair! lost! stolen! retired!',
  deployed: 'in_stock in_repair! lost! stolen! retired!',
  in_repair: 'in_stock deployed lost! stolen! retired!',
  lost: 'in_stock! deployed! stolen! retired!',
  stolen: 'in_stock! lost! retired!',
  retired: 'in_stock! disposed!',
  disposed: '',
}

export interface Way {
  readonly to: AssetState
  readonly needsReason: boolean
}

/** Where an asset can go from a state, in the order of a life. */
export function waysFrom(state: AssetState): Way[] {
  const found = ways[state].split(' ').filter((way) => way !== '')
  return assetStates
    .filter((to) => found.includes(to) || found.includes(`${to}!`))
    .map((to) => ({ to, needsReason: found.includes(`${to}!`) }))
}

/** What decides whether an asset can move on. */
export interface LifeFacts {
  readonly state: AssetState
  readonly hasHolder: boolean
  readonly hasPlace: boolean
  /** Why it cannot be disposed of yet, where something is missing. */
  readonly disposal: Refusal | null
}

/** Null where an asset can come into a state. `reason`: what was said about it; undefined where only the way is asked about. */
export function whyNotBecome(facts: LifeFacts, to: AssetState, reason?: string): Refusal | null {
  if (facts.state === to) return { code: 'assets.is-already', params: { state: to } }
  const way = waysFrom(facts.state).find((one) => one.to === to)
  if (way === undefined) return { code: 'assets.no-way', params: { from: facts.state, to } }
  const stage = stages[to]
  if (stage.holder === 'needed' && !facts.hasHolder) return { code: 'assets.needs-holder' }
  if (stage.place && !facts.hasPlace) return { code: 'assets.needs-place' }
  if (to === 'disposed' && facts.disposal !== null) return facts.disposal
  return way.needsReason && reason !== undefined && reason.length < 3
    ? { code: 'assets.needs-reason', params: { state: to } }
    : null
}

/** Null where somebody can be given an asset: it is at hand. Taking it from somebody who has it is a transfer. */
export function whyNotHandOut(state: AssetState): Refusal | null {
  return waysFrom(state).some((way) => way.to === 'deployed') || state === 'deployed'
    ? null
    : { code: 'assets.not-at-hand', params: { state } }
}

/** An asset that is gone for good is changed no more, save for what is said about it. */
export function whyNotEdit(state: AssetState): Refusal | null {
  return state === 'disposed' ? { code: 'assets.gone' } : null
}
