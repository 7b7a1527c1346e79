/** The Monday of the week in which a date lies, as a date. Weeks of reports begin on Monday, UTC (ISO 8601). */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}
