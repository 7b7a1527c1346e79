/** Time that is sent with an answer. */
export interface TimeTaken {
  /** As typed, without spaces around; empty for none. */
  duration: string
  billable: boolean
  /** There is none, or one that can be entered. */
  isFit: boolean
}
export const nothingTaken: TimeTaken = { duration: '', billable: false, isFit: true }
