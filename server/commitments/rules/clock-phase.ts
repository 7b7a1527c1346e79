import type { ClockEventKind, ClockPhase } from '../../../contract/clocks.ts'

/** The phase after an event (K2's table); the same phase where the event changes nothing. */
export function phaseAfter(phase: ClockPhase, event: ClockEventKind): ClockPhase {
  if (event === 'start') return phase === 'notStarted' ? 'running' : phase
  if (phase === 'notStarted' || phase === 'cancelled') return phase
  if (event === 'cancel') return 'cancelled'
  if (event === 'reset') return phase === 'paused' ? 'paused' : 'running'
  if (event === 'resume') return 'running'
  if (phase === 'stopped' || event === 'retarget') return phase
  return event === 'stop' ? 'stopped' : phase === 'running' && event === 'pause' ? 'paused' : phase
}
