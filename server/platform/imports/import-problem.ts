import type { Sentence } from '../sentences.ts'

/** A file cannot be imported at all; `sentence` says why, and what to do. Single rows never throw: they are rejected. */
export class ImportProblem extends Error {
  readonly sentence: Sentence

  constructor(code: string, params: Record<string, unknown> = {}) {
    super(code)
    this.name = 'ImportProblem'
    this.sentence = { code, params }
  }
}
