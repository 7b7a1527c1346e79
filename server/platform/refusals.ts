import type { RefusalShown } from '../../contract/action.ts'
import { sentence } from './catalogue.ts'
import type { Refusal } from './errors.ts'

/** Puts what the rules answered into words, to be sent with a record: the browser shows why a control is disabled. */
export const shownRefusals = (refusals: Record<string, Refusal | null>): Record<string, RefusalShown | null> =>
  Object.fromEntries(
    Object.entries(refusals).map(([action, r]) => [
      action,
      r === null ? null : { code: r.code, sentence: sentence(r.code, r.params ?? {}) },
    ]),
  )
