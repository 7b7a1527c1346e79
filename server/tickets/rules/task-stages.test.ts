import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import {
  allDone,
  type TaskFacts,
  tasksToOpen,
  whyNotFinish,
  whyNotGive,
  whyNotSkip,
  whyNotSpend,
} from './task-stages.ts'

const states = { a: 'ahead', o: 'open', d: 'done', s: 'skipped', h: 'ahead' } as const
/** `1a 1o 2h`: stage and state; `h` is held. */
const tasks = (words: string): TaskFacts[] =>
  words.split(' ').map((word, i) => ({
    id: String(i),
    stage: Number(word[0]),
    state: states[word[1] as keyof typeof states],
    held: word[1] === 'h',
  }))

test.each([
  ['1a 1a 2a', '0 1'],
  ['1o 1d 2a', ''],
  ['1d 1s 2a 2a 3a', '2 3'],
  ['1h 1h 2a', ''],
  ['1d 2h 3a', ''],
  ['1a 2h', '0'],
  ['1d 2d', ''],
  // added later to a stage that is over: it comes first
  ['1a 2o', '0'],
])('of %s the turn is of %j', (words, wanted) => {
  expect(tasksToOpen(tasks(words)).join(' ')).toBe(wanted)
})

it('comes to an end whatever the order in which tasks are done, and no stage begins before the one below is over', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      (stages, random) => {
        const all = stages.map((stage, i) => ({
          id: String(i),
          stage,
          state: 'ahead' as TaskFacts['state'],
          held: false,
        }))
        for (let turn = 0; turn <= stages.length && !allDone(all); turn++) {
          for (const id of tasksToOpen(all)) all[Number(id)]!.state = 'open'
          const open = all.filter((task) => task.state === 'open')
          expect(new Set(open.map((task) => task.stage)).size).toBe(1)
          open[(random.next().value as number) % open.length]!.state = 'done'
        }
        expect(allDone(all)).toBe(true)
      },
    ),
  )
})

test('who may do what with a task', () => {
  const mine = { mine: true, inside: false }
  const inside = { mine: false, inside: true }
  const other = { mine: false, inside: false }
  const open = { state: 'open', held: false } as const
  expect(whyNotFinish(open, mine)).toBeNull()
  expect(whyNotFinish(open, inside)).toBeNull()
  expect(whyNotFinish(open, other)?.code).toBe('tasks.not-yours')
  expect(whyNotFinish({ state: 'ahead', held: true }, mine)?.code).toBe('tasks.held')
  expect(whyNotFinish({ state: 'ahead', held: false }, mine)?.code).toBe('tasks.ahead')
  expect(whyNotFinish({ state: 'done', held: false }, mine)?.code).toBe('tasks.over')
  expect(whyNotGive(open, mine)).toBeNull()
  expect(whyNotGive({ state: 'skipped' }, inside)?.code).toBe('tasks.over')
  expect(whyNotSkip(open, mine)?.code).toBe('tasks.not-yours')
  expect(whyNotSkip(open, inside)).toBeNull()
  for (const who of [mine, inside]) {
    expect(whyNotSpend({ merged_into: null }, who)).toBeNull()
    expect(whyNotSpend({ merged_into: '1' }, who)?.code).toBe('tickets.merged')
  }
  expect(whyNotSpend({ merged_into: null }, other)?.code).toBe('tasks.not-yours')
})
