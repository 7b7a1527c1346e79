/** Instants inside rules are whole seconds since 1970-01-01T00:00Z; days are whole local dates since 1970-01-01. */

/** Seconds of an ISO instant; parts of a second are cut off. Throws RangeError on text that is no instant. */
export function epochSeconds(iso: string): number {
  return Math.floor(Temporal.Instant.from(iso).epochMilliseconds / 1000)
}

/** The instant as `2025-06-02T09:00:00Z`. */
export function isoInstant(seconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString({ smallestUnit: 'second' })
}

/** Number of a proleptic Gregorian date; month 1–12. */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000)
}

/** Number of the date `YYYY-MM-DD`. */
export function dayOf(isoDate: string): number {
  return dayNumber(Number(isoDate.slice(0, 4)), Number(isoDate.slice(5, 7)), Number(isoDate.slice(8, 10)))
}

/** The date of a day number as `YYYY-MM-DD`. */
export function isoDate(day: number): string {
  return isoInstant(day * 86_400).slice(0, 10)
}

/** The year in which a day lies. */
export function yearOf(day: number): number {
  return new Date(day * 86_400_000).getUTCFullYear()
}

/** Seconds after local midnight of `HH:MM`; 24:00 is 86,400. */
export function secondsOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60
}
