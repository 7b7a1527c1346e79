/** A record under promise, as the service levels see it. */
export interface Promised {
  subject: { kind: string; id: string }
  organisation: string
  /** `categories`: the record's own and all above it. */
  facts: { kind: string; priority: number; queue: string; categories: string[]; organisation: string }
  state: string
  owner: { person: string | null; teams: string[] }
}

/** How a record stood before it changed. */
export interface Before {
  readonly queue: string
  readonly priority: number
  readonly person: string | null
  readonly teams: readonly string[]
}

/** What happens to a record that its clocks must hear (clock-semantics, section 4). */
export type Happening =
  | { kind: 'opened' }
  /** Facts or owner changed: the service level is chosen anew. `before`: how it stood, where that is known. */
  | { kind: 'changed'; before?: Before }
  | { kind: 'state'; from: string; to: string; vendor: { id: string; calendar: string | null } | null }
  /** A public reply by a human of IT who is not the requester (W1). */
  | { kind: 'answered' }
  /** A public reply by the requester. */
  | { kind: 'requester-replied' }
  /** An internal note. */
  | { kind: 'noted' }
  | { kind: 'resolved' }
  | { kind: 'reopened' }
  | { kind: 'closed' }
