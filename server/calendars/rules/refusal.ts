/** Why a rule says no. `code` is also the key of its sentence in the catalogue and the code of the answer. */
export type Refusal = { readonly code: string; readonly params: Readonly<Record<string, string | number>> }

/** A4, A13: ten years are 3,653 days of 86,400 seconds. */
export const TEN_YEARS = 3_653 * 86_400

export const negative: Refusal = { code: 'negative', params: {} }
export const noWorkingTime: Refusal = { code: 'no-working-time', params: {} }
/** A guard of the machine, not a rule of the law: no table of working time grows beyond four hundred years. */
export const tooFar: Refusal = { code: 'too-far', params: {} }

export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'params' in answer
}
