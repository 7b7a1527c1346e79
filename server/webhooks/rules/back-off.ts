/** Seconds after the first, second, ... failure; after the last of them a delivery is given up. A day and three quarters in all. */
export const pauses = [5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400] as const

/** When to try again (milliseconds since 1970) after so many failed attempts; null: give up. */
export function nextAttempt(attempts: number, now: number): number | null {
  const seconds = pauses[attempts - 1]
  return seconds === undefined ? null : now + seconds * 1000
}

/** `ticket.*` takes all of a kind, `*` all; a webhook's own test goes to it alone and is matched by nothing. */
export const takes = (patterns: readonly string[], type: string): boolean =>
  patterns.some((pattern) =>
    pattern === '*' ? true : pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type,
  )
