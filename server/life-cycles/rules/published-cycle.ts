import type { Refusal } from '../../platform/errors.ts'

/** What was published of a release, as it is kept. Dates are yyyy-mm-dd. */
export interface PublishedCycle {
  cycle: string
  released_on: string | null
  active_until: string | null
  eol_on: string | null
  is_over: boolean | null
  extended_until: string | null
  latest: string
}

type Moment = { on: string | null; isOver: boolean | null }

/** A date, or whether it is over; null where it is neither. An empty cell says nothing. */
function momentOf(text: string): Moment | null {
  if (text === '') return { on: null, isOver: null }
  if (/^(?:true|false)$/i.test(text)) return { on: null, isOver: text.toLowerCase() === 'true' }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return { on: Temporal.PlainDate.from(text, { overflow: 'reject' }).toString(), isOver: null }
  } catch {
    return null
  }
}

/** Reads one row of a list of releases by field; or says what is wrong with it. */
export function publishedCycle(cells: Readonly<Record<string, string>>): PublishedCycle | Refusal {
  const cell = (field: string): string => (cells[field] ?? '').trim()
  const cycle = cell('cycle')
  if (cycle === '' || cycle.length > 60) return { code: 'life-cycles.no-cycle' }
  const moments: Record<string, Moment> = {}
  for (const field of ['releaseDate', 'eoas', 'eol', 'eoes']) {
    const found = momentOf(cell(field))
    if (found === null)
      return { code: 'life-cycles.no-date', params: { column: field, value: cell(field).slice(0, 60) } }
    moments[field] = found
  }
  return {
    cycle,
    released_on: moments['releaseDate']!.on,
    active_until: moments['eoas']!.on,
    eol_on: moments['eol']!.on,
    is_over: moments['eol']!.isOver,
    extended_until: moments['eoes']!.on,
    latest: cell('latest').slice(0, 60),
  }
}
