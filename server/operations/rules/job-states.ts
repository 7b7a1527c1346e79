import type { Refusal } from '../../platform/errors.ts'

/** A job that a worker holds can neither be tried again nor taken out: nobody would know what it has done. */
export const whyNotTouch = (state: 'waiting' | 'later' | 'running' | 'retrying' | 'failed'): Refusal | null =>
  state === 'running' ? { code: 'jobs.running' } : null
