/** Digits of the second's fraction, as nanoseconds. */
const fraction = (instant: string): string => (/\.(\d+)/.exec(instant)?.[1] ?? '').padEnd(9, '0')

/**
 * Which of two instants (ISO 8601) comes first: less than 0, 0 or more than 0, as a comparison for sorting answers. As texts they are in no order: what
 * comes in may name another offset than UTC, and `…:38Z` would stand after `…:38.006Z`.
 */
export function compareInstants(a: string, b: string): number {
  const apart = Date.parse(a) - Date.parse(b)
  // the database knows microseconds, Date does not
  return apart !== 0 ? apart : fraction(a) < fraction(b) ? -1 : fraction(a) > fraction(b) ? 1 : 0
}

/** Whether an instant lies after another one. */
export const isAfter = (instant: string, other: string): boolean => compareInstants(instant, other) > 0
