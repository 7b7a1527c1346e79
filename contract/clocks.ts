import { z } from 'zod'
import { command } from './action.ts'
import { amount, calendarDefinition, moment } from './calendars.ts'

export const clockEventKinds = ['start', 'pause', 'resume', 'stop', 'cancel', 'reset', 'retarget'] as const
export type ClockEventKind = (typeof clockEventKinds)[number]

/** `notStarted`: no start is known yet. Lateness is separate (K1). */
export const clockPhases = ['notStarted', 'running', 'paused', 'stopped', 'cancelled'] as const
export type ClockPhase = (typeof clockPhases)[number]

/** One event of a clock. Only a retarget carries a new target (seconds or workingDays) or a new calendar. */
export const clockEvent = z
  .object({
    at: moment,
    kind: z.enum(clockEventKinds),
    ...amount,
    calendar: calendarDefinition.optional(),
    cause: z.string().max(500).optional(),
  })
  .refine((event) => event.seconds === undefined || event.workingDays === undefined, {
    message: 'Give either seconds or workingDays',
    path: ['seconds'],
  })

/** A step of the ladder: exactly one of percent, workingSeconds, clockSeconds; the latter two count from the due moment (K20). */
export const clockStep = z
  .object({
    step: z.string().min(1).max(200),
    percent: z.number().min(0).max(100_000).optional(),
    workingSeconds: z.int().optional(),
    clockSeconds: z.int().optional(),
  })
  .refine(
    (step) => [step.percent, step.workingSeconds, step.clockSeconds].filter((part) => part !== undefined).length === 1,
    { message: 'Give exactly one of percent, workingSeconds and clockSeconds', path: ['percent'] },
  )
export type ClockStep = z.infer<typeof clockStep>

export const simulateClockInput = z
  .object({
    calendar: calendarDefinition,
    ...amount,
    events: z.array(clockEvent).max(2000),
    steps: z.array(clockStep).max(200).optional(),
    importedAt: moment.optional(),
    asOf: moment,
  })
  .refine((input) => (input.seconds === undefined) !== (input.workingDays === undefined), {
    message: 'Give either seconds or workingDays',
    path: ['seconds'],
  })
export type SimulateClockInput = z.infer<typeof simulateClockInput>

/** `due` only while running, `remainingSeconds` only while paused, `steps` only if steps were given. */
export const simulateClockOutput = z.object({
  phase: z.enum(clockPhases),
  due: z.string().optional(),
  remainingSeconds: z.int().optional(),
  breaches: z.array(z.object({ deadline: z.string(), observedAt: z.string(), superseded: z.literal(true).optional() })),
  steps: z.array(z.object({ step: z.string(), at: z.string(), suppressed: z.literal(true).optional() })).optional(),
  explanation: z.array(z.string()),
})
export type SimulateClockOutput = z.infer<typeof simulateClockOutput>

/** A clock played through without a record: nothing is stored. The refusals of the rules answer 4xx. */
export const clocks = {
  simulateClock: command({
    name: 'clocks.simulate',
    method: 'POST',
    path: '/clocks/simulate',
    permission: 'commitments.read',
    summary:
      'What a clock says at a moment, given its events: phase, due moment, breaches, steps and why. Stores nothing.',
    input: simulateClockInput,
    output: simulateClockOutput,
    stateless: true,
  }),
}
