import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Killable, startKillable } from './killable.ts'
import { expectKept, prepareLoad, type Prepared, write } from './load.ts'

/**
 * Eight writers, ladder steps falling due all the while, the app's process group and the postmaster killed (-9) again
 * and again. Whatever was acknowledged must be readable; each step is recorded once, each notification written once,
 * and nothing that fell due is missing.
 */
const long = process.env['LINCHPIN_LONG'] === '1'
const kills = long ? 25 : 2
const betweenKillsMs = long ? 4_000 : 3_000
/** Tickets tried a second; each brings two clocks with twenty steps within a minute. While the app is away none are opened: with ten tried, over 200 steps a second fall due. */
const ticketsPerSecond = 10

let killable: Killable
let prepared: Prepared

beforeAll(async () => {
  killable = await startKillable()
  prepared = await prepareLoad(killable.database.db, killable.app.base)
}, 120_000)

afterAll(async () => {
  await killable?.stop()
})

describe('killed again and again', () => {
  it(
    `keeps what it acknowledged and does everything once (${kills} kills of each)`,
    async () => {
      const acknowledged = write(prepared, ticketsPerSecond)
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      for (let n = 0; n < kills * 2; n++) {
        await pause(betweenKillsMs)
        if (n % 2 === 0) {
          await killable.app.kill()
          await killable.app.start()
        } else {
          const pid = Number(
            (await readFile(join(killable.app.dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
          )
          process.kill(pid, 'SIGKILL')
        }
      }
      await pause(long ? 10_000 : 5_000)
      await acknowledged.stop()
      expect(acknowledged.tickets.size).toBeGreaterThan(kills * 5)

      const { steps } = await expectKept(killable.database.db, prepared, acknowledged, () =>
        killable.app.output.slice(-4000),
      )
      process.stdout.write(
        `kills ${kills * 2}, tickets ${acknowledged.tickets.size}, notes ${[...acknowledged.tickets.values()].reduce((sum, t) => sum + t.notes.length, 0)}, refused ${acknowledged.refused}, steps ${steps}\n`,
      )
    },
    60 * 60_000,
  )
})
