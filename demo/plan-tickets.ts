import { type Random } from './random.ts'
import { itPeople, itQueues, itVendors } from './it-department.ts'
import { stories, type Story } from './stories.ts'
import { confidentialSubject, type DemoSubject, subjects } from './subjects.ts'

/** One thing somebody does to a ticket; `by` is a person's name. */
export type Act = { at: number; by: string } & (
  | { do: 'assign'; to: string }
  | {
      do: 'state'
      to: 'in_progress' | 'waiting_requester' | 'waiting_vendor' | 'waiting_change'
      vendor?: string
      reason?: string
    }
  | { do: 'say'; public: boolean; body: string }
  | { do: 'resolve'; words: string }
  | { do: 'close' }
  | { do: 'reopen'; words: string }
)

export interface PlannedTicket {
  /** Milliseconds since 1970. */
  at: number
  requester: string
  title: string
  description: string
  queue: string
  kind: 'incident' | 'request'
  category: string
  impact: number
  urgency: number
  confidential: boolean
  acts: Act[]
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How a ticket shall stand at the end. */
type Ending = 'usual' | 'unowned' | 'ageing' | 'waiting_vendor' | 'waiting_requester' | 'fresh' | 'overload' | 'soon'

interface Wish {
  subject: DemoSubject
  at: number
  ending: Ending
  impact?: number
  urgency?: number
}

const technicians = new Map(
  itQueues.map((queue) => [
    queue.name,
    itPeople
      .filter((p) => p.role === 'technician' && p.teams.some((team) => queue.teams.includes(team)))
      .map((p) => p.name),
  ]),
)
/** Carries far more than the others of the team. */
const overloaded = 'Jonas Weber'

const weighted = (random: Random): DemoSubject => {
  let left = random.next() * subjects.reduce((sum, s) => sum + s.weight, 0)
  return subjects.find((s) => (left -= s.weight) < 0) ?? subjects[0]!
}

const incident = (random: Random): DemoSubject => random.pick(subjects.filter((s) => s.kind === 'incident'))

/** A moment on one of the past days, mostly in working hours. */
function momentBefore(random: Random, now: number, daysAgo: number): number {
  const midnight = Math.floor(now / day) * day - daysAgo * day
  const at = midnight + (random.chance(0.92) ? 6 * hour + random.next() * 9.5 * hour : random.next() * day)
  const weekday = new Date(at).getUTCDay()
  return (weekday === 0 || weekday === 6) && random.chance(0.85) ? at - (weekday === 0 ? 2 : 1) * day : at
}

function wishes(random: Random, now: number, count: number): Wish[] {
  const of = (leaf: string) => subjects.find((s) => s.category[1] === leaf)!
  const made: Wish[] = []
  const some = (n: number, wish: () => Wish) => made.push(...Array.from({ length: n }, wish))
  // something out of the ordinary: VPN today, and one technician with too much
  some(13, () => ({ subject: of('VPN'), at: now - 10 * minute - random.next() * 5 * hour, ending: 'fresh' }))
  some(28, () => ({
    subject: of(random.pick(['Laptop', 'Printing'])),
    at: now - (1 + random.next() * 12) * day,
    ending: 'overload',
    impact: 3,
    urgency: 2,
  }))
  // due within hours: critical ones, some just come, some answered a while ago
  const critical = () => ({ subject: incident(random), impact: 1, urgency: random.pick([1, 2]) })
  some(4, () => ({ ...critical(), at: now - (3 + random.next() * 20) * minute, ending: 'unowned' }))
  some(6, () => ({ ...critical(), at: now - (2 + random.next() * 3) * hour, ending: 'soon' }))
  some(8, () => ({
    subject: of(random.pick(['Printing', 'Laboratory system', 'Wireless', 'Laptop'])),
    at: now - (2 + random.next() * 14) * day,
    ending: 'waiting_vendor',
  }))
  some(10, () => ({ subject: weighted(random), at: now - (1 + random.next() * 10) * day, ending: 'waiting_requester' }))
  some(8, () => ({ subject: weighted(random), at: now - (9 + random.next() * 12) * day, ending: 'ageing' }))
  some(9, () => ({ subject: weighted(random), at: now - random.next() * 2.5 * day, ending: 'unowned' }))
  some(14, () => ({
    subject: confidentialSubject,
    at: momentBefore(random, now, 1 + random.below(50)),
    ending: 'usual',
  }))
  while (made.length < count) {
    const at = momentBefore(random, now, random.below(60))
    if (at < now - 20 * minute) made.push({ subject: weighted(random), at, ending: 'usual' })
  }
  return made
}

/** Everything that happens in the sixty days before `now`, oldest ticket first. The same seed gives the same. */
export function planTickets(
  random: Random,
  now: number,
  requesters: readonly string[],
  count: number,
): PlannedTicket[] {
  const personnel = requesters.slice(0, 4)
  const planned = wishes(random, now, count - stories.length).map((wish): PlannedTicket => {
    const { subject } = wish
    const requester = subject === confidentialSubject ? random.pick(personnel) : random.pick(requesters)
    return {
      at: wish.at,
      requester,
      title: random.pick(subject.titles),
      description: random.pick(subject.descriptions),
      queue: subject.queue,
      kind: subject.kind,
      category: subject.category.join(' / '),
      impact: wish.impact ?? (random.chance(0.12) ? 1 : random.chance(0.5) ? 2 : 3),
      urgency: wish.urgency ?? (random.chance(0.12) ? 1 : random.chance(0.6) ? 2 : 3),
      confidential: subject === confidentialSubject,
      acts: actsOf(random, now, wish, requester),
    }
  })
  for (const story of stories) planned.push(told(story, now, random.pick(requesters)))
  return planned.toSorted((a, b) => a.at - b.at)
}

function told(story: Story, now: number, requester: string): PlannedTicket {
  const ago = (minutes: number) => now - minutes * minute
  const acts: Act[] = story.lines.map(([minutes, who, isPublic, body]): Act => ({
    at: ago(minutes),
    by: who === 'requester' ? requester : who,
    do: 'say',
    public: isPublic,
    body,
  }))
  const owner = story.assignee ?? 'Cora Lindqvist'
  if (story.assignee !== null) acts.push({ at: ago(story.openedMinutesAgo - 4), by: owner, do: 'assign', to: owner })
  if (story.state !== undefined) {
    const { minutesAgo, ...state } = story.state
    if (state.to !== 'in_progress')
      acts.push({ at: ago(story.openedMinutesAgo - 6), by: owner, do: 'state', to: 'in_progress' })
    acts.push({ at: ago(minutesAgo), by: owner, do: 'state', ...state })
  }
  const { title, description, queue, kind, impact, urgency } = story
  return {
    at: ago(story.openedMinutesAgo),
    requester,
    title,
    description,
    queue,
    kind,
    impact,
    urgency,
    category: story.category.join(' / '),
    confidential: false,
    acts: acts.toSorted((a, b) => a.at - b.at),
  }
}

function actsOf(random: Random, now: number, wish: Wish, requester: string): Act[] {
  const { subject, ending } = wish
  if (ending === 'unowned') return []
  const crew = technicians.get(subject.queue) ?? []
  const owner =
    ending === 'overload'
      ? overloaded
      : random.pick(
          crew.filter((name) => name !== overloaded || random.chance(0.3)).concat(crew.length === 1 ? crew : []),
        )
  const by = owner ?? crew[0]!
  const acts: Act[] = []
  let at = wish.at
  const later = (least: number, most: number) => (at += least + random.next() * (most - least))
  acts.push({
    at: later(4 * minute, 90 * minute),
    by: subject === confidentialSubject || random.chance(0.5) ? by : 'Cora Lindqvist',
    do: 'assign',
    to: by,
  })
  if (ending === 'fresh' && random.chance(0.4)) return happened(acts, now)
  acts.push({ at: later(minute, 2 * hour), by, do: 'state', to: 'in_progress' })
  if (ending === 'soon') {
    const promised = { do: 'say', public: true, body: '<p>We are on it and write again within two hours.</p>' } as const
    acts.push({ at: now - (10 + random.next() * 80) * minute, by, ...promised })
    return acts.map((act, i) => ({ ...act, at: i < 2 ? wish.at + (i + 1) * 4 * minute : act.at }))
  }
  const [asked, answered] = random.pick(subject.exchanges)
  if (random.chance(0.75)) {
    acts.push({ at: later(5 * minute, 3 * hour), by, do: 'say', public: true, body: asked })
    if (random.chance(0.4) || ending === 'waiting_requester')
      acts.push({ at: later(minute, 2 * minute), by, do: 'state', to: 'waiting_requester', reason: 'question asked' })
    if (ending === 'waiting_requester') return happened(acts, now)
    if (random.chance(0.8)) {
      acts.push({ at: later(20 * minute, 9 * hour), by: requester, do: 'say', public: true, body: answered })
      acts.push({ at: later(2 * minute, 2 * hour), by, do: 'state', to: 'in_progress' })
    }
  } else if (ending === 'waiting_requester') {
    acts.push({ at: later(minute, hour), by, do: 'state', to: 'waiting_requester', reason: 'needs an answer' })
    return happened(acts, now)
  }
  if (random.chance(0.5))
    acts.push({ at: later(10 * minute, 4 * hour), by, do: 'say', public: false, body: random.pick(subject.notes) })
  if (ending === 'ageing') return acts.filter((act) => act.at < now - 7 * day)
  if (ending === 'overload') return happened(acts, now)
  if (ending === 'waiting_vendor' || (subject.vendor !== undefined && random.chance(0.2))) {
    const vendor = subject.vendor ?? random.pick(itVendors).name
    acts.push({
      at: later(10 * minute, 6 * hour),
      by,
      do: 'state',
      to: 'waiting_vendor',
      vendor,
      reason: 'reported to the vendor',
    })
    if (ending === 'waiting_vendor') return happened(acts, now)
    acts.push({ at: later(4 * hour, 40 * hour), by, do: 'state', to: 'in_progress' })
  }
  // a few of the older ones never came to an end
  if (random.chance(0.07)) return happened(acts, now)
  acts.push({
    at: later(20 * minute, random.chance(0.15) ? 9 * day : 26 * hour),
    by,
    do: 'resolve',
    words: random.pick(subject.resolutions),
  })
  if (random.chance(0.05)) {
    acts.push({ at: later(2 * hour, 2 * day), by: requester, do: 'reopen', words: 'It is back, the same as before.' })
    acts.push({ at: later(hour, 20 * hour), by, do: 'resolve', words: random.pick(subject.resolutions) })
  }
  if (random.chance(0.6)) acts.push({ at: later(hour, 4 * day), by: random.chance(0.5) ? requester : by, do: 'close' })
  return happened(acts, now)
}

const happened = (acts: Act[], now: number): Act[] => acts.filter((act) => act.at < now - minute)
