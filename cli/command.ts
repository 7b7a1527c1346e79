import { type ParseArgsOptionsConfig } from 'node:util'
import { type Config } from '../server/platform/config.ts'

export type Command = {
  /** One word or two: `serve`, `user add`. */
  name: string
  usage: string
  summary: string
  options: ParseArgsOptionsConfig
  /** How many words without a dash it takes at most. */
  positionals: number
  /** Loaded only when it is called, so that `doctor` works where another command's modules cannot be read. */
  load(): Promise<{ run: Run }>
}

/** Answers the exit status: 0 tells success. */
export type Run = (call: Call) => Promise<number>

export type Call = {
  config: Config
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  positionals: string[]
  json: boolean
  /** A line on standard output, which belongs to the answer; everything else goes to standard error. */
  print(line: string): void
}

/** The words given make no sense together; the usage is printed with it. Exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The value of an option that must be given. */
export function required(call: Call, option: string): string {
  const value = call.options[option]
  if (typeof value !== 'string' || value.trim() === '') throw new UsageError(`--${option} is missing.`)
  return value
}

/** The value of an option that may be left out. */
export function optional(call: Pick<Call, 'options'>, option: string): string | null {
  const value = call.options[option]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
