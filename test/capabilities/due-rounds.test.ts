import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DueRounds } from '../../server/platform/due-rounds.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

function roundsOf(ids: string[], take: (id: string) => void) {
  const waiting = new Set(ids)
  const rounds = new DueRounds(server.opened.platform, {
    pauseMs: 60_000,
    roundFailed: 'the round failed',
    oneFailed: 'one failed',
    due: async (_db, _now, but) =>
      [...waiting].filter((id) => !but.includes(id)).map((id) => ({ id, organisation: server.organisation })),
    take: async (_ctx, id) => {
      take(id)
      waiting.delete(id)
    },
  })
  return { rounds, waiting }
}

it('takes the others when one fails, and leaves that one for the next round', async () => {
  const [bad, good, last] = [randomUUID(), randomUUID(), randomUUID()]
  let times = 0
  const { rounds, waiting } = roundsOf([bad, good, last], (id) => {
    if (id === bad && ++times === 1) throw new Error('not now')
  })
  await rounds.round()
  expect([...waiting]).toEqual([bad])
  await rounds.round()
  expect([...waiting]).toEqual([])
})

it('ends behind the one it is at when it is asked to stop', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()]
  const { waiting, stopped } = await new Promise<{ waiting: Set<string>; stopped: Promise<void> }>((asked) => {
    const { rounds, waiting } = roundsOf(ids, () => asked({ waiting, stopped: rounds.stop() }))
    rounds.start()
  })
  await stopped
  expect([...waiting]).toEqual(ids.slice(1))
})
