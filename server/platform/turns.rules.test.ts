import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

const settled = () => new Promise<void>((done) => setImmediate(done))

it('never has more at once than may be, of all or of each, and leaves nobody in line', async () => {
  const who = fc.constantFrom('a', 'b', 'c')
  await fc.assert(
    fc.asyncProperty(fc.array(who, { maxLength: 20 }), fc.infiniteStream(fc.nat()), async (asking, random) => {
      const turns = new Turns({ all: 3, each: 2, waiting: 100 })
      const now: { who: string; back: () => void }[] = []
      let had = 0
      for (const one of asking)
        void turns.take(one).then((back) => {
          now.push({ who: one, back: back! })
          had++
        })
      for (let n = 0; n <= asking.length; n++) {
        await settled()
        expect(now.length).toBeLessThanOrEqual(3)
        for (const one of now) expect(now.filter((other) => other.who === one.who).length).toBeLessThanOrEqual(2)
        const [gone] = now.length === 0 ? [] : now.splice((random.next().value as number) % now.length, 1)
        gone?.back()
        gone?.back()
      }
      expect(had).toBe(asking.length)
    }),
  )
})

it('sends away who has too many in line already, and nobody else', async () => {
  const turns = new Turns({ all: 2, each: 1, waiting: 1 })
  const back = await turns.take('a')
  const second = turns.take('a')
  expect(await turns.take('a')).toBeNull()
  expect(await turns.take('b')).not.toBeNull()
  back!()
  expect(await second).not.toBeNull()
})
