import type { DifferenceKind, KindSettings, Remedy } from '../../../contract/reconciliation.ts'

/** What an installation starts with, kind by kind; nothing is mended by itself until somebody says so. */
export const asInstalled: Record<DifferenceKind, KindSettings> = {
  seen_though_gone: { on: true, days: null, severity: 'high', dueDays: 0, act: null, actDays: 0 },
  wrong_holder: { on: true, days: 14, severity: 'normal', dueDays: null, act: null, actDays: 14 },
  disowned: { on: true, days: null, severity: 'normal', dueDays: null, act: null, actDays: 0 },
  double_serial: { on: true, days: null, severity: 'normal', dueDays: null, act: null, actDays: 0 },
  unseen: { on: true, days: 30, severity: 'normal', dueDays: null, act: null, actDays: 90 },
  never_seen: { on: true, days: 14, severity: 'low', dueDays: null, act: null, actDays: 0 },
  unknown: { on: true, days: 3, severity: 'normal', dueDays: null, act: null, actDays: 3 },
  unprotected: { on: true, days: null, severity: 'normal', dueDays: null, act: null, actDays: 0 },
  unencrypted: { on: true, days: null, severity: 'normal', dueDays: null, act: null, actDays: 0 },
  os_ended: { on: true, days: null, severity: 'normal', dueDays: null, act: null, actDays: 0 },
  program_ended: { on: true, days: null, severity: 'low', dueDays: null, act: null, actDays: 0 },
  contested: { on: true, days: null, severity: 'low', dueDays: null, act: null, actDays: 0 },
}

/** What can mend a kind; which of them fits a difference is found with it. */
export const remediesOf: Record<DifferenceKind, readonly Remedy[]> = {
  seen_though_gone: ['found'],
  wrong_holder: ['transfer'],
  disowned: [],
  double_serial: ['relink'],
  unseen: ['mark_lost'],
  never_seen: [],
  unknown: ['register', 'ignore'],
  unprotected: [],
  unencrypted: [],
  os_ended: [],
  program_ended: [],
  contested: ['accept'],
}

/** Those that a rule may carry out by itself: what is taken for another thing, or found again, is for a person. */
export const mayActAlone: readonly Remedy[] = ['transfer', 'mark_lost', 'register', 'ignore', 'accept']

/** Those that can be taken back. */
export const canBeUndone: readonly Remedy[] = ['transfer', 'mark_lost', 'ignore', 'relink']

export const ranks = { low: 1, normal: 2, high: 3 } as const
