import { type AssetState, assetStates } from '../../../../contract/assets.ts'

/** What registers and people call the states of a life; in lower case. */
const words: Record<AssetState, readonly string[]> = {
  ordered: ['ordered', 'on order', 'bestellt', 'purchasing'],
  received: ['received', 'new', 'delivered', 'unallocated', 'erhalten', 'neu', 'geliefert'],
  in_stock: [
    'in stock',
    'ready to deploy',
    'deployable',
    'available',
    'stock',
    'spare',
    'in storage',
    'storage',
    'auf lager',
    'lager',
    'verfügbar',
    'en stock',
  ],
  reserved: ['reserved', 'pre-allocated', 'allocated', 'reserviert'],
  deployed: [
    'deployed',
    'in use',
    'in service',
    'in production',
    'production',
    'active',
    'assigned',
    'checked out',
    'installed',
    'operational',
    'live',
    'in gebrauch',
    'in betrieb',
    'im einsatz',
    'aktiv',
    'ausgegeben',
    'en service',
    'en production',
  ],
  in_repair: [
    'in repair',
    'repair',
    'out for repair',
    'broken',
    'maintenance',
    'in maintenance',
    'pending',
    'pending diagnostics',
    'out for diagnostics',
    'defective',
    'broken - not fixable',
    'in reparatur',
    'reparatur',
    'defekt',
    'en réparation',
  ],
  lost: ['lost', 'missing', 'lost/stolen', 'verloren', 'vermisst', 'perdu'],
  stolen: ['stolen', 'gestohlen', 'volé'],
  retired: [
    'retired',
    'archived',
    'decommissioned',
    'end of life',
    'obsolete',
    'undeployable',
    'out of service',
    'disposed',
    'disposed of',
    'sold',
    'scrapped',
    'recycled',
    'written off',
    'donated',
    'ausgemustert',
    'archiviert',
    'verschrottet',
    'entsorgt',
    'verkauft',
    'außer betrieb',
    'hors service',
  ],
  // is recorded with what became of the data on it, never by a file
  disposed: [],
}
const byWord = new Map(
  assetStates.flatMap((state) => [state, state.replace('_', ' '), ...words[state]].map((w) => [w, state] as const)),
)
byWord.set('disposed', 'retired')

/** The state a word of a file means: as the mapping says (`state:WORD`), else as it is usual. Null where nobody knows. */
export function stateMeant(word: string, mapping: Readonly<Record<string, string>>): AssetState | null {
  const plain = word.trim().toLowerCase().replace(/\s+/g, ' ')
  const given = Object.entries(mapping).find(
    ([header]) => header.trim().toLowerCase().replace(/\s+/g, ' ') === `state:${plain}`,
  )?.[1]
  if (given !== undefined) {
    const state = assetStates.find((one) => one === given.trim().toLowerCase().replaceAll(' ', '_'))
    return state === undefined || state === 'disposed' ? null : state
  }
  return byWord.get(plain) ?? null
}

/** The state a new asset begins in: as the file says, as far as somebody has it or its place is known. */
export function firstState(
  meant: AssetState | null,
  { hasHolder, hasPlace }: { hasHolder: boolean; hasPlace: boolean },
): AssetState {
  const atHand = hasPlace ? 'in_stock' : 'received'
  if (meant === null || meant === 'in_stock' || meant === 'received' || meant === 'reserved') {
    if (hasHolder) return 'deployed'
    return meant === 'reserved' && hasPlace ? 'reserved' : meant === 'received' ? 'received' : atHand
  }
  return meant === 'deployed' && !hasHolder ? atHand : meant
}
