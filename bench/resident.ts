import { readFileSync, writeFileSync } from 'node:fs'

const field = (pid: number, name: string): number =>
  Math.round(
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  )

/** Memory a process holds (megabytes). */
export const residentMb = (pid: number): number => field(pid, 'VmRSS')

/** The most it has held since it began, or since `forgetHighest` (megabytes). */
export const highestMb = (pid: number): number => field(pid, 'VmHWM')

/** From now on its highest counts anew: proc(5), clear_refs. */
export const forgetHighest = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5')
