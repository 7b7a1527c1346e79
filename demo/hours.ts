import type { CalendarDefinition } from '../contract/calendars.ts'
import type { Conditions, Target } from '../contract/service-levels.ts'

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const every = (spans: { from: string; to: string }[]) => Object.fromEntries(workdays.map((day) => [day, spans]))

export interface DemoCalendar {
  name: string
  zone: string
  week: CalendarDefinition['week']
  country?: string
  region?: string
  ownHolidays?: { from: string; to: string; yearly?: boolean; fromTime?: string; name: string }[]
}

/** `year` is the present one: the firm's own closing days lie around it. */
export const demoCalendars = (year: number): DemoCalendar[] => [
  {
    name: 'Service hours',
    zone: 'Europe/Berlin',
    week: every([
      { from: '08:00', to: '12:30' },
      { from: '13:15', to: '17:30' },
    ]),
    country: 'DE',
    region: 'HB',
    ownHolidays: [
      { from: `${year}-12-24`, to: `${year + 1}-01-01`, yearly: true, name: 'Works closed' },
      { from: `${year}-06-19`, to: `${year}-06-19`, fromTime: '13:00', name: 'Summer party' },
    ],
  },
  {
    name: 'Around the clock',
    zone: 'Europe/Berlin',
    week: Object.fromEntries([...workdays, 'sat', 'sun'].map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
  },
  {
    name: 'Vendor office hours',
    zone: 'Europe/Oslo',
    week: { ...every([{ from: '09:00', to: '16:00' }]), fri: [{ from: '09:00', to: '14:00' }] },
    country: 'NO',
  },
]

const hour = 3600
const ladder: Target['ladder'] = [
  { step: 'Three quarters', percent: 75, notify: ['assignee'], raisePriority: false },
  { step: 'Due', clockSeconds: 0, notify: ['owner', 'lead'], raisePriority: false },
  { step: 'Four hours late', workingSeconds: 4 * hour, notify: ['coordinators'], raisePriority: false },
]
const plain = { resetOnReopen: false, ladder }

export interface DemoLevel {
  name: string
  calendar: string
  conditions: Omit<Conditions, 'queues'> & { queues?: string[] }
  targets: Target[]
}

/** Tried in this order, before whatever the installation had. `queues` are names. */
export const demoLevels: DemoLevel[] = [
  {
    name: 'Critical services',
    calendar: 'Around the clock',
    conditions: { priorities: [1, 2], kinds: ['incident'] },
    targets: [
      { kind: 'first_response', seconds: hour / 2, pauseIn: [], ...plain },
      {
        kind: 'resolution',
        seconds: 8 * hour,
        pauseIn: ['waiting_requester'],
        ...plain,
        ladder: [...ladder, { step: 'Half', percent: 50, notify: ['team'], raisePriority: true }],
      },
      { kind: 'next_update', seconds: 2 * hour, pauseIn: ['waiting_requester'], ...plain },
      { kind: 'vendor', seconds: 4 * hour, pauseIn: [], ...plain },
    ],
  },
  {
    name: 'Payroll and personal matters',
    calendar: 'Service hours',
    conditions: { queues: ['HR systems'] },
    targets: [
      { kind: 'first_response', seconds: 4 * hour, pauseIn: [], ...plain },
      {
        kind: 'resolution',
        workingDays: 3,
        endOfDay: true,
        pauseIn: ['waiting_requester', 'waiting_vendor'],
        ...plain,
      },
    ],
  },
  {
    name: 'Requests',
    calendar: 'Service hours',
    conditions: { kinds: ['request'] },
    targets: [
      { kind: 'first_response', seconds: 8 * hour, pauseIn: [], ...plain },
      {
        kind: 'resolution',
        workingDays: 5,
        endOfDay: true,
        pauseIn: ['waiting_requester', 'waiting_vendor', 'waiting_change'],
        ...plain,
      },
      { kind: 'vendor', workingDays: 2, pauseIn: [], ...plain },
    ],
  },
]
