import { expect, test } from 'vitest'
import { courseOf } from './course.ts'
import type { Entry, Told } from './told.ts'

const hour = (n: number): number => Date.parse('2026-11-27T00:00:00Z') + n * 3_600_000
const note = (at: number): Entry => ({
  row: 1,
  identity: String(at),
  kind: 'note',
  at,
  by: 'Nora',
  text: 'Said',
  isHtml: false,
  public: true,
  files: [],
  old: '',
  new: '',
})
const told: Told = {
  title: 'Fax',
  description: null,
  files: [],
  requester: 'Rita',
  queue: null,
  assignee: null,
  state: 'resolved',
  priority: null,
  impact: null,
  urgency: null,
  category: null,
  subcategory: null,
  createdAt: hour(9),
  updatedAt: null,
  resolvedAt: null,
  closedAt: null,
  mergedInto: null,
  entries: [note(hour(10)), note(hour(11))],
  rest: {},
}

test.each<[string, Partial<Told>, number]>([
  ['when it was, as the file says', { resolvedAt: hour(10) }, hour(10)],
  ['at the last update', { updatedAt: hour(12) }, hour(12)],
  ['after the last that was said, where the file names no moment', {}, hour(11)],
  ['as it was opened, where nothing was said', { entries: [] }, hour(9)],
])('a ticket is resolved %s', (_, given, at) => {
  const { steps } = courseOf({ ...told, ...given }, new Map(), hour(24))
  expect(steps.at(-1)).toMatchObject({ type: 'ticket.resolved', at, after: { resolvedAt: at } })
})
