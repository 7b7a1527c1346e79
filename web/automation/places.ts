/** A list with another thing at one place. */
export const replaced = <T>(list: readonly T[], at: number, by: T): T[] =>
  list.map((one, place) => (place === at ? by : one))
/** A list without the thing at one place. */
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, place) => place !== at)
