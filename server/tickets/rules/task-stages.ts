import type { Refusal } from '../../platform/errors.ts'
import { whyNotHere } from './ticket-states.ts'

export interface TaskFacts {
  readonly id: string
  readonly stage: number
  readonly state: 'ahead' | 'open' | 'done' | 'skipped'
  readonly held: boolean
}
const isOver = (task: TaskFacts): boolean => task.state === 'done' || task.state === 'skipped'

/** Tasks whose turn has come: of the first stage that is not over, those that wait for nothing else. A function of how they stand, so that it can be asked at any time. */
export function tasksToOpen(tasks: readonly TaskFacts[]): string[] {
  const left = tasks.filter((task) => !isOver(task))
  const stage = Math.min(...left.map((task) => task.stage))
  return left.filter((task) => task.stage === stage && task.state === 'ahead' && !task.held).map((task) => task.id)
}

/** There were tasks, and none is left. */
export const allDone = (tasks: readonly TaskFacts[]): boolean => tasks.length > 0 && tasks.every(isOver)

export interface TaskStanding {
  /** Assigned to the reader, or their team's. */
  readonly mine: boolean
  /** Works on the ticket. */
  readonly inside: boolean
}

/** Null where the reader has anything to do with it: it is theirs, or of a ticket they work on. */
export const whyNotTouch = (who: TaskStanding): Refusal | null =>
  who.mine || who.inside ? null : { code: 'tasks.not-yours' }

/** Null where time can be entered on it: it may be over, but its ticket goes on itself. `task`: whose ticket was merged into which one. */
export const whyNotSpend = (task: { readonly merged_into: string | null }, who: TaskStanding): Refusal | null =>
  whyNotTouch(who) ?? whyNotHere(task)

/** Null where a task can be finished: it is open, and the reader's or of a ticket they work on. */
export function whyNotFinish(task: Pick<TaskFacts, 'state' | 'held'>, who: TaskStanding): Refusal | null {
  const refusal = whyNotTouch(who)
  if (refusal !== null) return refusal
  if (task.state === 'open') return null
  if (task.state === 'ahead') return { code: task.held ? 'tasks.held' : 'tasks.ahead' }
  return { code: 'tasks.over', params: { state: task.state } }
}

/** Null where it can be given to somebody: as long as it is not over. */
export function whyNotGive(task: Pick<TaskFacts, 'state'>, who: TaskStanding): Refusal | null {
  const refusal = whyNotTouch(who)
  if (refusal !== null) return refusal
  return task.state === 'open' || task.state === 'ahead' ? null : { code: 'tasks.over', params: { state: task.state } }
}

/** Null where it can be left out: by who works on the ticket. */
export const whyNotSkip = (task: Pick<TaskFacts, 'state'>, who: TaskStanding): Refusal | null =>
  who.inside ? whyNotGive(task, who) : { code: 'tasks.not-yours' }
