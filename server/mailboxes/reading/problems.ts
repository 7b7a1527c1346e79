import { type Sentence } from '../../platform/sentences.ts'

/** What was broken in a message: a key below `mailboxes.problem` and what its sentence speaks of. */
export type NoteProblem = (problem: string, params?: Readonly<Record<string, unknown>>) => void

/** Gathers problems, each kind once. */
export function problemList(): { problems: Sentence[]; note: NoteProblem } {
  const problems: Sentence[] = []
  const note: NoteProblem = (problem, params = {}) => {
    const code = `mailboxes.problem.${problem}`
    if (!problems.some((one) => one.code === code)) problems.push({ code, params })
  }
  return { problems, note }
}
