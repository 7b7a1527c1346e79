import type { ApprovalStage } from '../../../contract/approvals.ts'

/**
 * For whom one decision speaks: oneself, and those who are away and named one to act for them. Where so many people must agree (`count`), one person
 * is one voice, whoever they stand in for: themselves first, and never a second time in the stage.
 */
export function spokenFor(
  need: ApprovalStage['need'],
  reader: string,
  open: readonly string[],
  hasSpoken: boolean,
): string[] {
  if (need !== 'count') return [...open]
  if (hasSpoken) return []
  return open.includes(reader) ? [reader] : open.slice(0, 1)
}
