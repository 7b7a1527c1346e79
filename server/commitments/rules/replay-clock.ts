import { addWorkingTime } from '../../calendars/rules/add-working-time.ts'
import type { Calendar } from '../../calendars/rules/compile-calendar.ts'
import { isRefusal, negative, type Refusal } from '../../calendars/rules/refusal.ts'
import { workingTimeBetween } from '../../calendars/rules/working-time-between.ts'
import type {
  Breach,
  ClockEvent,
  ClockHistory,
  ClockPhase,
  ClockReading,
  ClockStep,
  FiredStep,
  Ignored,
  Run,
  Target,
  Trace,
} from './clock.ts'
import { dueOfRun, judgeGeneration, type Judgement } from './judge-generation.ts'
import { momentOfStep } from './ladder-moments.ts'
import * as say from './say-clock.ts'

/**
 * Plays the events of a clock up to and including `asOf` and reads it there (K1–K24). A late-arriving event needs nothing
 * else: put it in its place and replay. Refused, before anything changes: `negative`, `no-working-time` (K19), also where a
 * resume finds no more working time. With a `trace`, what happened is written into it.
 */
export function replayClock(history: ClockHistory, trace?: Trace): ClockReading | Refusal {
  if (isNegative(history.target)) return negative
  const clock = new Replay(history, trace)
  const events = inOrder(history.events, history.asOf)
  for (let i = 0; i < events.length; i++) {
    const { event, index } = events[i]!
    clock.runUntil(event.at, false)
    const refusal = clock.apply(event, index)
    if (refusal !== null) return refusal
  }
  clock.runUntil(history.asOf, true)
  return clock.read()
}

/** K2: by time, then by place in the list; what comes after `asOf` is not known. */
function inOrder(events: readonly ClockEvent[], asOf: number): { event: ClockEvent; index: number }[] {
  const known = events.map((event, index) => ({ event, index })).filter(({ event }) => event.at <= asOf)
  return known.sort((a, b) => a.event.at - b.event.at)
}

function isNegative(target: Target): boolean {
  return !('at' in target) && ('seconds' in target ? target.seconds : target.workingDays) < 0
}

const unstarted: Judgement = { length: 0, unpaused: 0, worked: 0, rested: 0, due: null, passed: null }

/** A clock in the course of its replay. Kept private to this file. */
class Replay {
  phase: ClockPhase = 'notStarted'
  calendar: Calendar
  target: Target
  generation = 0
  startedAt: number | null = null
  changedAt: number | null = null
  runs: Run[] = []
  now = Number.NEGATIVE_INFINITY
  judgement: Judgement = unstarted
  valid: Breach | null = null
  /** K15: passed under a target that came during a pause; to be written at the resume. */
  isBreachPending = false
  readonly breaches: Breach[] = []
  readonly fired: FiredStep[] = []
  readonly ignored: Ignored[] = []
  readonly firedNow = new Set<string>()
  readonly steps: readonly ClockStep[]
  readonly history: ClockHistory
  readonly trace: Trace | undefined

  constructor(history: ClockHistory, trace: Trace | undefined) {
    this.history = history
    this.calendar = history.calendar
    this.target = history.target
    this.steps = history.steps ?? []
    this.trace = trace
  }

  /** Lets time pass: steps before `until` (with it, if inclusive) fire (K21), a due moment before it is passed (K6, K8). */
  runUntil(until: number, isInclusive: boolean): void {
    if (this.phase === 'running' && (until > this.now || isInclusive)) {
      this.fireSteps(until, isInclusive)
      const { due, passed } = this.judgement
      if (passed === null && due !== null && due < until) {
        this.judgement.passed = due
        this.writeBreach(due, due + 1)
      }
    }
    this.now = until
  }

  apply(event: ClockEvent, index: number): Refusal | null {
    const { at, kind } = event
    const phase = this.phase
    const isLive = phase === 'running' || phase === 'paused'
    if (kind === 'start' && phase === 'notStarted') return this.begin(event, true)
    if (kind === 'pause' && phase === 'running') return this.rest(event, 'paused')
    if (kind === 'resume' && (phase === 'paused' || phase === 'stopped')) return this.resume(event)
    if (kind === 'stop' && isLive) return this.rest(event, 'stopped')
    if (kind === 'cancel' && (isLive || phase === 'stopped')) return this.rest(event, 'cancelled')
    if (kind === 'reset' && (isLive || phase === 'stopped')) return this.begin(event, phase !== 'paused')
    if (kind === 'retarget' && isLive) return this.retarget(event)
    this.ignored.push({ at, index, kind, phase })
    this.trace?.push({ at, said: say.ignored(at, kind, phase) })
    return null
  }

  /** Start, and reset (K12). */
  private begin(event: ClockEvent, isRunning: boolean): Refusal | null {
    const { at } = event
    const runs: Run[] = isRunning ? [{ from: at, to: null }] : []
    const judgement = judgeGeneration(this.calendar, this.target, at, runs, at)
    if (isRefusal(judgement)) return judgement
    this.judgement = judgement
    this.runs = runs
    this.phase = isRunning ? 'running' : 'paused'
    this.generation++
    this.startedAt = at
    this.changedAt = at
    this.valid = null
    this.isBreachPending = false
    this.firedNow.clear()
    this.trace?.push({ at, said: say.begun(event, this.generation, this.target, isRunning) }, ...this.traceDue(at))
    return null
  }

  /** Pause, stop, cancel: the run ends. */
  private rest(event: ClockEvent, phase: ClockPhase): null {
    const { at } = event
    const run = this.runs.at(-1)
    if (this.phase === 'running' && run !== undefined) {
      run.to = at
      this.judgement.worked += workingTimeBetween(this.calendar, run.from, at)
    }
    this.phase = phase
    this.changedAt = at
    if (phase !== 'paused') this.isBreachPending = false
    this.trace?.push({ at, said: say.rested(event, phase, this.judgement) })
    return null
  }

  /** From a pause, or from a stop: a reopening (K5, K9). */
  private resume(event: ClockEvent): Refusal | null {
    const { at } = event
    const restedSince = this.runs.at(-1)?.to ?? this.startedAt!
    const before = this.judgement
    const restSeconds = workingTimeBetween(this.calendar, restedSince, at)
    const judgement: Judgement = { ...before, rested: before.rested + restSeconds }
    const due = judgement.passed ?? dueOfRun(this.calendar, this.target, judgement, at)
    if (isRefusal(due)) return due
    judgement.due = due
    this.judgement = judgement
    this.runs.push({ from: at, to: null })
    this.trace?.push({ at, said: say.resumed(event, this.phase, restSeconds) }, ...this.traceDue(at))
    this.phase = 'running'
    this.changedAt = at
    if (this.isBreachPending && judgement.passed !== null) this.writeBreach(judgement.passed, at)
    this.isBreachPending = false
    return null
  }

  /** K14–K19. */
  private retarget(event: ClockEvent): Refusal | null {
    const { at } = event
    const target = event.target ?? this.target
    const calendar = event.calendar ?? this.calendar
    if (isNegative(target)) return negative
    const judgement = judgeGeneration(calendar, target, this.startedAt!, this.runs, at)
    if (isRefusal(judgement)) return judgement
    if (this.phase === 'paused' && judgement.length > judgement.worked) {
      const reachable = addWorkingTime(calendar, at, judgement.length - judgement.worked)
      if (isRefusal(reachable)) return reachable
    }
    this.judgement = judgement
    this.target = target
    this.calendar = calendar
    this.changedAt = at
    this.trace?.push({ at, said: say.retargeted(event, target, calendar) })
    if (judgement.due !== null) this.trace?.push({ at, said: say.dueMoved(judgement, this.phase) })
    this.judgeBreach(at)
    return null
  }

  /** K14–K17: compares the valid breach with the new computation. */
  private judgeBreach(at: number): void {
    const { passed } = this.judgement
    this.isBreachPending = false
    const before = this.valid
    if (before !== null) {
      if (passed === before.deadline) return
      before.supersededAt = at
      this.valid = null
      this.trace?.push({ at, said: say.superseded(before) })
    }
    if (passed === null) return
    if (before === null && this.phase === 'paused') this.isBreachPending = true
    else this.writeBreach(passed, at)
  }

  private writeBreach(deadline: number, observedAt: number): void {
    this.valid = { generation: this.generation, deadline, observedAt, supersededAt: null }
    this.breaches.push(this.valid)
    this.trace?.push({ at: observedAt, said: say.breached(this.valid) })
  }

  /** K21–K23. Steps of one moment fire in the order of the list. */
  private fireSteps(until: number, isInclusive: boolean): void {
    const ready: { step: string; at: number }[] = []
    for (const { step, at } of this.moments()) {
      if (at < until || (isInclusive && at === until)) ready.push({ step, at })
    }
    ready.sort((a, b) => a.at - b.at)
    for (const { step, at } of ready) {
      const suppressed = this.history.importedAt !== undefined && at < this.history.importedAt
      this.firedNow.add(step)
      this.fired.push({ step, generation: this.generation, at, suppressed })
      this.trace?.push({ at, said: say.fired(step, at, suppressed) })
    }
  }

  /** Moments of the steps that have not fired in this generation, none before the present; only while running. */
  private moments(): { step: string; at: number }[] {
    const { due, worked, length } = this.judgement
    const run = this.runs.at(-1)
    if (this.phase !== 'running' || due === null || run === undefined) return []
    const found: { step: string; at: number }[] = []
    for (const step of this.steps) {
      if (this.firedNow.has(step.step)) continue
      const at = momentOfStep(this.calendar, step, { from: run.from, worked, due, length })
      if (at !== null) found.push({ step: step.step, at: Math.max(at, this.now) })
    }
    return found
  }

  private traceDue(at: number): Trace {
    const { due } = this.judgement
    const isOpen = this.runs.at(-1)?.to === null
    return isOpen && due !== null ? [{ at, said: say.dueSet(due, this.judgement) }] : []
  }

  read(): ClockReading {
    const { phase, judgement, now } = this
    const run = this.runs.at(-1)
    const isRunning = phase === 'running' && run !== undefined
    const moments = this.moments().map(({ at }) => at)
    if (isRunning && judgement.passed === null && judgement.due !== null) moments.push(judgement.due + 1)
    return {
      phase,
      due: isRunning ? judgement.due : null,
      remaining: phase === 'paused' ? judgement.length - judgement.worked : null,
      breaches: this.breaches,
      fired: this.fired,
      ignored: this.ignored,
      generation: this.generation,
      startedAt: this.startedAt,
      changedAt: this.changedAt,
      workedAtChange: judgement.worked + (isRunning ? workingTimeBetween(this.calendar, run.from, this.changedAt!) : 0),
      worked: judgement.worked + (isRunning ? workingTimeBetween(this.calendar, run.from, now) : 0),
      length: judgement.length,
      target: this.target,
      calendar: this.calendar,
      runs: this.runs,
      passed: judgement.passed !== null,
      nextAt: moments.length === 0 ? null : Math.min(...moments),
    }
  }
}
