/** Fields of the register that agents also know. */
export const factFields = ['name', 'serial', 'model'] as const
export type FactField = (typeof factFields)[number]

/** Who can say something of a field: an agent on the device, a scan over the network, the export of a program that manages devices, a person in the register. */
export type Source = 'agent' | 'scan' | 'export' | 'person'

/** As whom an observer speaks, by what it does. */
export const sourceOf = (task: 'inventory' | 'scan' | 'export'): Exclude<Source, 'person'> =>
  task === 'inventory' ? 'agent' : task

/**
 * How far each source is believed, field by field: who says more is written over who says less. A person stands above all, so that no run
 * overwrites a correction; an agent reads the machine itself, a scan what the machine answers, an export what another program was told.
 */
export const trust: Record<FactField, Record<Source, number>> = {
  name: { person: 9, agent: 5, scan: 3, export: 2 },
  serial: { person: 9, agent: 6, scan: 4, export: 3 },
  model: { person: 9, agent: 5, scan: 4, export: 3 },
}

/** What one source says of a field, and what of it stands in the register. */
export interface Fact {
  field: FactField
  source: Exclude<Source, 'person'>
  value: string
  written: string | null
}

const plain = (text: string): string => text.trim().toLowerCase()
export const isSameValue = (one: string, other: string): boolean => plain(one) === plain(other)

/** Who said the value that stands in the register; null where none stands. What nobody else wrote is a person's. */
export function originOf(field: FactField, current: string, facts: readonly Fact[]): Source | null {
  if (current.trim() === '') return null
  const writers = facts.filter(
    (fact) => fact.field === field && fact.written !== null && isSameValue(fact.written, current),
  )
  return writers.some((fact) => fact.source === 'agent') ? 'agent' : (writers[0]?.source ?? 'person')
}

/** What of a source's words goes into the register: where it is empty, or where the one who said what stands there is believed no more. */
export function valuesToWrite(
  current: Record<FactField, string>,
  facts: readonly Fact[],
  source: Exclude<Source, 'person'>,
  said: Partial<Record<FactField, string>>,
): FactField[] {
  return factFields.filter((field) => {
    const value = said[field]
    if (value === undefined || value.trim() === '' || isSameValue(value, current[field])) return false
    const origin = originOf(field, current[field], facts)
    return origin === null || trust[field][source] >= trust[field][origin]
  })
}
