import type { Bucket } from '../../../contract/asset-audits.ts'
import type { AssetState } from '../../../contract/assets.ts'

/** How a state stands to being found: at hand; away, so that it is not expected; or no longer (or not yet) with us. */
export const standings: Record<AssetState, 'at_hand' | 'away' | 'gone'> = {
  ordered: 'gone',
  received: 'at_hand',
  in_stock: 'at_hand',
  reserved: 'at_hand',
  deployed: 'at_hand',
  in_repair: 'away',
  lost: 'away',
  stolen: 'away',
  retired: 'gone',
  disposed: 'gone',
}

/** What decides the bucket of a known thing: what was true when it was scanned, or when scanning ended. */
export interface ThingFacts {
  readonly state: AssetState
  /** Its class is looked for. */
  readonly isCovered: boolean
  /** By the register it belongs to what is audited: the place, the person, the category. */
  readonly belongs: boolean
  readonly isScanned: boolean
  /** Where it was found does not contradict where the register has it. */
  readonly placeAgrees: boolean
  /** It went to somebody after the list was frozen. */
  readonly handedOut: boolean
}

export interface Judged {
  readonly bucket: Bucket
  /** Why it is left out. */
  readonly because: 'class' | 'state' | 'moved' | 'handed_out' | null
}

/** The one bucket in which a known thing lies. `null`: a code that nobody knows. */
export function bucketOf(facts: ThingFacts | null): Judged {
  const counted = (bucket: Bucket): Judged => ({ bucket, because: null })
  const leftOut = (because: Judged['because']): Judged => ({ bucket: 'excluded', because })
  if (facts === null) return counted('new')
  if (!facts.isCovered) return leftOut('class')
  const standing = standings[facts.state]
  if (standing === 'gone') return leftOut('state')
  if (facts.isScanned)
    return counted(standing === 'at_hand' && facts.belongs && facts.placeAgrees ? 'found' : 'elsewhere')
  if (standing === 'away') return leftOut('state')
  if (!facts.belongs) return leftOut('moved')
  return facts.handedOut ? leftOut('handed_out') : counted('missing')
}

/**
 * Whether two places do not contradict each other: one is the other or inside it. Paths of ids from the top down (`/a/b/`); null: nobody said where.
 */
export const placesAgree = (recorded: string | null, found: string | null): boolean =>
  recorded === null || found === null || recorded.startsWith(found) || found.startsWith(recorded)

/** Of two scans of one thing the one that decides: the later by the scanner's clock, so that the order in which they arrive does not matter. */
export const decides = (a: { scannedAt: string; id: string }, b: { scannedAt: string; id: string }): boolean => {
  const [x, y] = [Date.parse(a.scannedAt), Date.parse(b.scannedAt)]
  return x === y ? a.id > b.id : x > y
}
