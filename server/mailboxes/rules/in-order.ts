/** What of a message says which others it must wait for. */
export interface Ordered {
  messageId: string | null
  named: readonly string[]
  from: string | null
}

/**
 * Parts messages, oldest first, into rows that may be taken in at the same time: within a row one after another. Those of one conversation and those
 * of one sender stand in one row, so that an answer comes after what it answers and a new person is recorded once.
 */
export function inRows<T>(messages: readonly T[], ofMessage: (message: T) => Ordered): T[][] {
  const rowOf = new Map<string, number>()
  const rows: (T[] | null)[] = []
  for (const message of messages) {
    const { messageId, named, from } = ofMessage(message)
    const keys = [
      ...(messageId === null ? [] : [`id ${messageId}`]),
      ...named.map((id) => `id ${id}`),
      ...(from === null ? [] : [`from ${from}`]),
    ]
    const found = [...new Set(keys.flatMap((key) => rowOf.get(key) ?? []))].toSorted((a, b) => a - b)
    const [first = rows.push([]) - 1, ...others] = found
    // rows that meet here become one; their messages keep the order of all
    for (const other of others) {
      rows[first] = merged(messages, rows[first]!, rows[other]!)
      rows[other] = null
      for (const [key, row] of rowOf) if (row === other) rowOf.set(key, first)
    }
    rows[first]!.push(message)
    for (const key of keys) rowOf.set(key, first)
  }
  return rows.filter((row) => row !== null)
}

function merged<T>(all: readonly T[], one: readonly T[], other: readonly T[]): T[] {
  const members = new Set([...one, ...other])
  return all.filter((message) => members.has(message))
}
