import type { ImportRun } from '../../../contract/imports.ts'
import type { Refusal } from '../../platform/errors.ts'

type Standing = Pick<ImportRun, 'status'>

export const whyNotCancel = ({ status }: Standing): Refusal | null =>
  status === 'waiting' || status === 'running' ? null : { code: 'imports.not-running' }

export const whyNotResume = ({ status }: Standing): Refusal | null => {
  if (status === 'failed' || status === 'cancelled') return null
  return { code: status === 'done' ? 'imports.done-already' : 'imports.running-already' }
}

/** What was tried to its end can be imported. */
export const whyNotCarryOut = ({ status, dryRun }: Pick<ImportRun, 'status' | 'dryRun'>): Refusal | null =>
  !dryRun ? { code: 'imports.not-tried' } : status === 'done' ? null : { code: 'imports.trial-not-done' }
