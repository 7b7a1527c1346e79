import type { ClockConditions, ClockMoment } from '../../../contract/service-levels.ts'
import type { Terms } from '../../commitments/rules/terms.ts'
import type { Happening, Promised } from './happening.ts'

const on = (...kinds: ClockMoment['on'][]): ClockMoment[] => kinds.map((kind) => ({ on: kind }))
const none: ClockConditions = { start: [], pause: [], resume: [], stop: [], cancel: [], reset: [] }
const done = on('resolved', 'closed')

/** The kinds everybody knows, in the words every target is written in (clock-semantics section 4; W2, W7, K9). */
const presets: Record<string, (terms: Pick<Terms, 'resetOnReopen'>) => ClockConditions> = {
  first_response: () => ({ ...none, start: on('opened'), stop: [...on('answered'), ...done] }),
  next_update: () => ({ ...none, start: on('answered'), reset: on('answered'), stop: done }),
  resolution: ({ resetOnReopen }) => ({
    ...none,
    start: on('opened'),
    stop: done,
    ...(resetOnReopen ? { reset: on('reopened') } : { resume: on('reopened') }),
  }),
  vendor: () => ({
    ...none,
    start: on('vendor-handed'),
    reset: on('vendor-handed'),
    stop: [...on('vendor-back'), ...done],
  }),
}

/** The conditions of a target: its own, else those of its kind. */
export const conditionsOf = (terms: Pick<Terms, 'kind' | 'when' | 'resetOnReopen'>): ClockConditions =>
  terms.when ?? presets[terms.kind]?.(terms) ?? none

export const listensFor = (terms: Pick<Terms, 'kind' | 'when' | 'resetOnReopen'>, kind: ClockMoment['on']): boolean =>
  Object.values(conditionsOf(terms)).some((moments) => moments.some((moment) => moment.on === kind))

/** What happened, ready to be compared with conditions. */
export interface Heard {
  readonly kinds: ReadonlySet<ClockMoment['on']>
  readonly state: { readonly from: string; readonly to: string } | null
  /** `from` is null for a record that was just opened. */
  readonly queue: { readonly from: Place | null; readonly to: Place } | null
}
interface Place {
  readonly queue: string
  readonly teams: readonly string[]
}

export function heardOf(promised: Promised, happening: Happening): Heard {
  const here: Place = { queue: promised.facts.queue, teams: promised.owner.teams }
  const heard = (kinds: ClockMoment['on'][], more: Partial<Heard> = {}): Heard => ({
    kinds: new Set(kinds),
    state: null,
    queue: null,
    ...more,
  })
  switch (happening.kind) {
    case 'opened':
      return heard(['opened'], { queue: { from: null, to: here } })
    case 'state':
      return heard(atVendor(happening), {
        state: { from: happening.from, to: happening.to },
      })
    case 'changed': {
      const { before } = happening
      if (before === undefined) return heard([])
      return heard(
        [
          ...(before.priority === promised.facts.priority ? [] : (['priority-changed'] as const)),
          ...(promised.owner.person === null || promised.owner.person === before.person ? [] : (['assigned'] as const)),
        ],
        { queue: before.queue === here.queue ? null : { from: before, to: here } },
      )
    }
    default:
      return heard([happening.kind])
  }
}

/** Handing over again is told too (W7). */
const atVendor = ({ from, to }: { from: string; to: string }): ClockMoment['on'][] =>
  to === 'waiting_vendor' ? ['vendor-handed'] : from === 'waiting_vendor' ? ['vendor-back'] : []

/** The first of the moments that has come, with the word for it in the history of the clock. */
export function firstHeard(
  moments: readonly ClockMoment[],
  heard: Heard,
  promised: Promised,
): { reason: string } | undefined {
  const moment = moments.find((one) => isHeard(one, heard, promised))
  return moment === undefined ? undefined : { reason: reasonOf(moment.on, heard) }
}

function isHeard(moment: ClockMoment, heard: Heard, promised: Promised): boolean {
  if (moment.priorities !== undefined && !moment.priorities.includes(promised.facts.priority)) return false
  const { state, queue } = heard
  switch (moment.on) {
    case 'state-entered':
      return state !== null && passes(moment.states, state.from, state.to)
    case 'state-left':
      return state !== null && passes(moment.states, state.to, state.from)
    case 'queue-entered':
      return queue !== null && crosses(moment, queue.from, queue.to)
    case 'queue-left':
      return queue !== null && queue.from !== null && crosses(moment, queue.to, queue.from)
    default:
      return heard.kinds.has(moment.on) && standsIn(moment, promised)
  }
}

/** From outside the states to one of them; without states, to any other. */
const passes = (states: readonly string[] | undefined, outside: string, inside: string): boolean =>
  states === undefined ? outside !== inside : states.includes(inside) && !states.includes(outside)

const isAt = ({ queues, teams }: ClockMoment, place: Place): boolean =>
  queues?.includes(place.queue) === true || teams?.some((team) => place.teams.includes(team)) === true

/** The same for queues: moving between two queues of the same team is no hand-over to it. */
function crosses(moment: ClockMoment, outside: Place | null, inside: Place): boolean {
  if (moment.queues === undefined && moment.teams === undefined) return outside !== null
  return isAt(moment, inside) && !(outside !== null && isAt(moment, outside))
}

function standsIn(moment: ClockMoment, promised: Promised): boolean {
  if (moment.states !== undefined && !(moment.states as string[]).includes(promised.state)) return false
  if (moment.queues === undefined && moment.teams === undefined) return true
  return isAt(moment, { queue: promised.facts.queue, teams: promised.owner.teams })
}

/** Whether a record that is already there stands where a clock would have started by coming there. */
export const isWhereItStarts = (moments: readonly ClockMoment[], promised: Promised): boolean =>
  moments.some(
    (moment) =>
      moment.on === 'queue-entered' &&
      isAt(moment, { queue: promised.facts.queue, teams: promised.owner.teams }) &&
      (moment.priorities?.includes(promised.facts.priority) ?? true),
  )

function reasonOf(kind: ClockMoment['on'], heard: Heard): string {
  switch (kind) {
    case 'state-entered':
      return `entered:${heard.state!.to}`
    case 'state-left':
      return `left:${heard.state!.from}`
    case 'queue-entered':
      return 'handed-to-queue'
    case 'queue-left':
      return 'handed-on'
    case 'vendor-handed':
      return 'handed-to-vendor'
    case 'vendor-back':
      return 'back-from-vendor'
    default:
      return kind
  }
}
