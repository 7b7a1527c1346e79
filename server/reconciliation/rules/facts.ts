import type { AssetState, HolderKind } from '../../../contract/assets.ts'
import type { DeviceKind } from '../../discovery/rules/read-report.ts'
import type { Fact } from '../../discovery/rules/trust.ts'
import type { Entry } from '../../../contract/inventories.ts'
import type { DifferenceKind, KindSettings, Remedy } from '../../../contract/reconciliation.ts'

/** A device as its agents see it. Moments are ISO instants. */
export interface SeenDevice {
  id: string
  kind: DeviceKind
  name: string
  state: 'waiting' | 'linked' | 'ignored' | 'merged'
  address: string | null
  firstSeenAt: string
  lastSeenAt: string | null
  /** Pairs with it that nobody has decided. */
  doubts: number
  /** Who last worked on it, since when its agents say so, and the one person the login belongs to, if it is one. */
  user: { login: string; since: string; saidAt: string; person: { id: string; name: string } | null } | null
  /** What each agent says; an agent that says nothing of it is not in the list. */
  antivirus: readonly (readonly Entry<'antivirus'>[])[]
  volumes: readonly (readonly Entry<'volumes'>[])[]
  disks: readonly (readonly Entry<'disks'>[])[]
  /** Another asset that bears the serial number its agents say. */
  bearer: { id: string; tag: string; serial: string; isSeen: boolean } | null
}

/** A product whose support is over, by what was published. */
export interface Ended {
  product: string
  title: string
  /** The last day; null where only that it is over was published. */
  on: string | null
  /** The last day of support that is paid for, or kept by others. */
  extendedOn: string | null
  /** Names and versions of programs as they were seen. */
  seen: string
}

export interface Asset {
  id: string
  tag: string
  name: string
  serial: string | null
  /** Maker and model, as facts are compared. */
  model: string
  state: AssetState
  stateSince: string
  categoryId: string
  hasPlace: boolean
  holder: { kind: HolderKind; id: string; name: string } | null
  heldSince: string | null
}

/** All that is known of one subject when it is compared. */
export interface Facts {
  now: string
  today: string
  asset: Asset | null
  device: SeenDevice | null
  facts: readonly Fact[]
  /** Its holder, asked whether it is still theirs, said that it is not. */
  disowned: { person: string; name: string; at: string; note: string } | null
  /** What is in use of its category is expected to be seen. */
  isExpected: boolean
  /** Days after which what is in use counts as unseen. */
  unseenDays: number
  os: Ended | null
  programs: readonly Ended[]
}

export interface Found {
  kind: DifferenceKind
  detail: string
  since: string
  /** What sentences are filled with. `lastAt` and `name` are no facts: that they move changes nothing. */
  register: Record<string, string | number | boolean | null>
  seen: Record<string, string | number | boolean | null>
  remedy: Remedy | null
  remedyWith?: Record<string, string>
  otherAsset?: string
}

export type Settings = Record<DifferenceKind, KindSettings>

/** Whole days between two instants; negative where the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000)
