/** Why a text is no duration of work. */
export type DurationFault = 'empty' | 'unreadable' | 'negative' | 'zero' | 'too-long'

/** More than this nobody works on a day. Seconds. */
export const longestDuration = 86_400

const units: readonly [pattern: RegExp, seconds: number][] = [
  [/^(?:h|hr|hrs|hour|hours)$/, 3600],
  [/^(?:m|min|mins|minute|minutes)$/, 60],
  [/^(?:s|sec|secs|second|seconds)$/, 1],
]
const secondsOf = (unit: string): number | undefined => units.find(([pattern]) => pattern.test(unit))?.[1]
const clock = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/
const isoTime = /^pt(?=\d)(.+)$/
const part = /(\d{1,8}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*([a-z]*)/y

/** Seconds of a text without sign; null where it is none. */
function read(text: string): number | null {
  const [, hours, minutes, seconds = '0'] = clock.exec(text) ?? []
  if (hours !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const words = isoTime.exec(text)?.[1] ?? text
  let sum = 0
  // each unit once, the larger first; a number without one is minutes, or after another unit the next smaller
  let smallest = Infinity
  let at = 0
  while (at < words.length) {
    part.lastIndex = at
    const found = part.exec(words)
    if (found === null) return null
    const unit = found[2] !== '' ? secondsOf(found[2]!) : smallest === Infinity ? 60 : smallest / 60
    if (unit === undefined || unit < 1 || unit >= smallest) return null
    sum += Number(found[1]!.replace(',', '.')) * unit
    smallest = unit
    at = part.lastIndex
    while (words[at] === ' ') at++
  }
  return words === '' ? null : Math.round(sum)
}

/**
 * A duration as a person writes it, in whole seconds: `1h 30m`, `1:30`, `90m`, `1.5h`, `1,5 h`, `90` (minutes), `1h30`, and as programs do: `PT1H30M`
 * (ISO 8601-1, 5.5.2). Or why it is none that can be worked on one day.
 */
export function durationOf(text: string): number | DurationFault {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (plain === '') return 'empty'
  const negative = /^[-\u2212\u2013]/.test(plain)
  const seconds = read(negative ? plain.slice(1).trim() : plain)
  if (seconds === null) return 'unreadable'
  if (negative) return seconds === 0 ? 'zero' : 'negative'
  if (seconds === 0) return 'zero'
  return seconds > longestDuration ? 'too-long' : seconds
}

/** Whole seconds as `1h 30m`; what {@link durationOf} reads back to the same. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${String(count)}${unit}`)
  return said.length === 0 ? '0m' : said.join(' ')
}
