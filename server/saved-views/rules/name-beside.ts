const mostLetters = 60

/** The name of a view that comes to somebody who has others: with whose it was, and a number, where it is taken. `taken`: names, however written. */
export function nameBeside(name: string, from: string, taken: readonly string[]): string {
  const names = new Set(taken.map((one) => one.toLowerCase()))
  for (let n = 1; ; n++) {
    const mark = n === 1 ? '' : n === 2 ? ` (${from.slice(0, 30)})` : ` (${from.slice(0, 30)}, ${n - 1})`
    const tried = name.slice(0, mostLetters - mark.length).trimEnd() + mark
    if (!names.has(tried.toLowerCase())) return tried
  }
}
