import type { Platform } from '../platform/platform.ts'
import { Rounds } from '../platform/rounds.ts'
import { recountPrograms } from './programs-store.ts'

const atOnce = 200

/** Keeps the count of devices that have a program, on every node; each program is counted by one of them. */
export function programCounter(platform: Platform): { start(): void; stop(): Promise<void>; round(): Promise<void> } {
  const round = async () => {
    while (!rounds.isStopping && (await recountPrograms(platform.database.db, atOnce)) === atOnce);
  }
  const rounds = new Rounds(platform.log, {
    failed: 'programs could not be counted; trying again',
    pauseMs: 5000,
    round,
  })
  return { start: () => rounds.start(), stop: () => rounds.stop(), round }
}
