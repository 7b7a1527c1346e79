import type { Db } from '../platform/db.ts'
import { digestOf } from '../platform/events.ts'
import type { Anchored } from './anchor.ts'
import { genesis, headOf } from './chain.ts'
import type { SealKey } from './seal-key.ts'
import { countEvents, differing, digestOfEvents, payloadsOf, type SealRow, sealsAfter } from './seals-store.ts'

/** What is wrong with the log: key of the sentence and what it is filled with. */
export interface Finding {
  code: string
  params: Record<string, unknown>
}

export interface Verified {
  clean: boolean
  seals: number
  events: number
  unsealed: number
  /** Payloads erased with a record of it: no alarm. */
  erased: number
  findings: Finding[]
  /** Worth knowing, but no proof of tampering. */
  notes: Finding[]
}

const mostFindings = 200
const payloadsAtOnce = 2_000

/**
 * Reads the whole log: each batch against its hash, the chain against its signatures, each payload against the hash its event carries,
 * and the chain against heads that were noted elsewhere. Memory does not depend on how much there is.
 */
export async function verifyLog(
  db: Db,
  key: SealKey,
  anchors: readonly { path: string; lines: readonly Anchored[] }[],
  onProgress: (seals: number) => void = () => {},
): Promise<Verified> {
  const seen: Verified = { clean: true, seals: 0, events: 0, unsealed: 0, erased: 0, findings: [], notes: [] }
  const find = (code: string, params: Record<string, unknown>) => {
    seen.clean = false
    if (seen.findings.length < mostFindings) seen.findings.push({ code: `audit.${code}`, params })
  }
  const anchored = new Map<number, { path: string; line: Anchored }[]>()
  for (const { path, lines } of anchors)
    for (const line of lines) anchored.set(line.seq, [...(anchored.get(line.seq) ?? []), { path, line }])
  let expected: { seq: number; previous: Buffer } = { seq: 1, previous: genesis }
  let missing = 0
  for (;;) {
    const seals = await sealsAfter(db, expected.seq - 1, 20)
    if (seals.length === 0) break
    for (const seal of seals) {
      if (seal.seq !== expected.seq) find('batches-deleted', { from: expected.seq, to: seal.seq - 1 })
      else if (!seal.previous.equals(expected.previous)) find('chain-broken', { seq: seal.seq })
      checkHead(seal, key, find)
      for (const { path, line } of anchored.get(seal.seq) ?? [])
        if (line.head !== seal.head.toString('hex')) find('anchor-differs', { seq: seal.seq, path })
      missing += await checkEvents(db, seal, seen, find)
      expected = { seq: seal.seq + 1, previous: seal.head }
      seen.seals++
      seen.events += seal.members.length
    }
    onProgress(seen.seals)
  }
  for (const { path, lines } of anchors) {
    const last = lines.reduce((most, line) => Math.max(most, line.seq), 0)
    if (last >= expected.seq) find('last-batches-deleted', { from: expected.seq, to: last, path })
  }
  seen.unsealed = (await countEvents(db)) - (seen.events - missing)
  return seen
}

type Find = (code: string, params: Record<string, unknown>) => void

function checkHead(seal: SealRow, key: SealKey, find: Find): void {
  const { seq, digest, previous, sealed_at: sealedAt } = seal
  const head = headOf({ seq, events: seal.members.length, digest, previous, sealedAt })
  if (!head.equals(seal.head)) find('batch-altered', { seq })
  else if (!key.isOurs(seal.head, seal.signature)) find('not-signed', { seq })
}

/** Answers how many events of the batch are gone. */
async function checkEvents(db: Db, seal: SealRow, seen: Verified, find: Find): Promise<number> {
  const found = await digestOfEvents(db, seal.members)
  const there = new Set(found.ids)
  const gone = seal.members.filter((id) => !there.has(id))
  for (const id of gone) find('event-deleted', { id, seq: seal.seq })
  if (!found.digest.equals(seal.digest)) {
    const marks = Buffer.concat(
      seal.members.flatMap((id, i) => (there.has(id) ? [seal.marks.subarray(i * 8, i * 8 + 8)] : [])),
    )
    const altered = differing(found.ids, found.marks, marks)
    for (const id of altered) find('event-altered', { id, seq: seal.seq })
    if (gone.length === 0 && altered.length === 0) find('batch-altered', { seq: seal.seq })
  }
  for (let i = 0; i < found.ids.length; i += payloadsAtOnce)
    for (const row of await payloadsOf(db, found.ids.slice(i, i + payloadsAtOnce))) {
      if (row.there) {
        if (!digestOf(row.before, row.after).equals(row.digest)) find('payload-altered', { id: row.id, seq: seal.seq })
      } else if (row.erased) seen.erased++
      else if (seen.notes.length < mostFindings)
        seen.notes.push({ code: 'audit.payload-gone', params: { id: row.id, seq: seal.seq } })
    }
  return gone.length
}
