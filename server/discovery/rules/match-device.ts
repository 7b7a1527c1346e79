import type { Identity } from './identity.ts'

/** What is known of a device by all that ever reported it. */
export interface KnownDevice {
  id: string
  serials: readonly string[]
  uuids: readonly string[]
  macs: readonly string[]
  agents: readonly string[]
}

/** Words for a person who decides: what speaks for one device, and what against. */
export type Reason =
  | 'same-serial'
  | 'same-uuid'
  | 'same-macs'
  | 'some-macs'
  | 'same-agent'
  | 'other-serial'
  | 'other-uuid'
  | 'other-macs'

export type Verdict = { is: 'same' | 'doubtful' | 'other'; reasons: Reason[]; strength: number }

type Compared = 'same' | 'other' | 'unknown'
const compare = (one: string | null, all: readonly string[]): Compared =>
  one === null || all.length === 0 ? 'unknown' : all.includes(one) ? 'same' : 'other'

function compareMacs(seen: readonly string[], known: readonly string[]): Compared | 'some' {
  if (seen.length === 0 || known.length === 0) return 'unknown'
  const shared = seen.filter((mac) => known.includes(mac)).length
  if (shared === 0) return 'other'
  return shared * 2 >= Math.min(seen.length, known.length) ? 'same' : 'some'
}

/**
 * Whether what was seen is a device that is known: by serial number, then hardware id, then network addresses, then the id of the agent. What
 * is stronger decides; where it says yes and all the rest says no (doubled serials), or where something weaker says yes against it (a new main
 * board, a moved disk), a person decides. A name is no evidence.
 */
export function judgeDevice(seen: Identity, known: KnownDevice): Verdict {
  const serial = compare(seen.serial, known.serials)
  const uuid = compare(seen.uuid, known.uuids)
  const macs = compareMacs(seen.macs, known.macs)
  const agent = compare(seen.agent, known.agents)
  const reasons: Reason[] = []
  const say = (reason: Reason, holds: boolean) => void (holds && reasons.push(reason))
  say('same-serial', serial === 'same')
  say('same-uuid', uuid === 'same')
  say('same-macs', macs === 'same')
  say('some-macs', macs === 'some')
  say('same-agent', agent === 'same')
  say('other-serial', serial === 'other')
  say('other-uuid', uuid === 'other')
  say('other-macs', macs === 'other')
  return { ...decide({ serial, uuid, macs, agent }), reasons }
}

function decide(given: {
  serial: Compared
  uuid: Compared
  macs: Compared | 'some'
  agent: Compared
}): Pick<Verdict, 'is' | 'strength'> {
  const { serial, uuid, macs, agent } = given
  const shares = macs === 'same' || macs === 'some'
  if (serial === 'same') {
    // makers that print one serial on a whole batch
    if (uuid === 'other' && macs === 'other') return { is: 'doubtful', strength: 4 }
    return { is: 'same', strength: 4 }
  }
  if (serial === 'other') {
    // a clone of a disk image shares hardware id or agent, a dock shares an address; a new main board keeps addresses
    if (macs === 'same' && (uuid === 'same' || agent === 'same')) return { is: 'doubtful', strength: 3 }
    return { is: 'other', strength: 0 }
  }
  if (uuid === 'same') return { is: macs === 'other' ? 'doubtful' : 'same', strength: 3 }
  if (uuid === 'other') return { is: macs === 'same' ? 'doubtful' : 'other', strength: shares ? 2 : 0 }
  if (macs === 'same') return { is: 'same', strength: 2 }
  if (macs === 'some') return { is: agent === 'same' ? 'same' : 'doubtful', strength: 2 }
  if (agent === 'same') return { is: macs === 'other' ? 'doubtful' : 'same', strength: 1 }
  return { is: 'other', strength: 0 }
}

export interface Match {
  /** The device it is; null: a new one. */
  device: string | null
  /** Devices of which a person must say whether they are the same. */
  doubts: { device: string; reasons: Reason[] }[]
}

/** The device among those that share anything, or none. Another that also matches is left to a person. */
export function matchDevice(seen: Identity, candidates: readonly KnownDevice[]): Match {
  const judged = candidates
    .map((known) => ({ known, verdict: judgeDevice(seen, known) }))
    .filter(({ verdict }) => verdict.is !== 'other')
    .toSorted((a, b) => b.verdict.strength - a.verdict.strength || (a.known.id < b.known.id ? -1 : 1))
  const best = judged.find(({ verdict }) => verdict.is === 'same')
  return {
    device: best?.known.id ?? null,
    doubts: judged
      .filter((one) => one !== best)
      .map(({ known, verdict }) => ({ device: known.id, reasons: verdict.reasons })),
  }
}
