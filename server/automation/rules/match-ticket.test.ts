import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type ConditionField, conditionFields, type RuleCondition } from '../../../contract/ticket-rules.ts'
import { matchTicket, type TicketFacts } from './match-ticket.ts'

const facts: TicketFacts = {
  channel: 'mail',
  title: 'Pay-roll run fails',
  text: 'Pay-roll run fails The ＰＡＹＲＯＬＬ export stops.\nNo pay slips since Monday, says Zoë.',
  senders: ['Rita@Payments.Example.com', 'rita@home.example'],
  requester: 'r1',
  department: 'Finance  Oslo',
  kind: 'incident',
  priority: 2,
  queue: 'q1',
  categories: ['c2', 'c1'],
  state: 'new',
  assignee: null,
}
const one = (field: ConditionField, any: string[], not = false): RuleCondition => ({ field, any, not })

test.each<[RuleCondition, boolean]>([
  [one('text', ['payroll']), true],
  [one('text', ['pay slips']), true],
  [one('text', ['slip']), false],
  [one('text', ['slip*']), true],
  [one('text', ['zoë']), true],
  [one('text', ['zo']), false],
  [one('text', ['fails the payroll']), true],
  [one('title', ['payroll']), false],
  [one('title', ['pay-roll']), true],
  [one('text', ['.*']), false],
  [one('sender', ['rita@payments.example.com']), true],
  [one('sender', ['@example.com']), true],
  [one('sender', ['@xample.com']), false],
  [one('sender', ['@home.example']), true],
  [one('department', ['finance oslo']), true],
  [one('category', ['c1']), true],
  [one('category', ['c9'], true), true],
  [one('priority', ['1', '2']), true],
  [one('assignee', ['nobody']), true],
  [one('assignee', ['nobody'], true), false],
  [one('channel', ['web', 'mail']), true],
  [one('queue', ['q2']), false],
])('%j holds: %s', (condition, holds) => expect(matchTicket([condition], facts) !== null).toBe(holds))

it('wants all conditions, and says what made each hold', () => {
  expect(matchTicket([one('text', ['x', 'payroll']), one('queue', ['q9'], true)], facts)).toEqual(['payroll', null])
  expect(matchTicket([one('text', ['payroll']), one('queue', ['q9'])], facts)).toBeNull()
  expect(matchTicket([], facts)).toEqual([])
})

it('holds or does not hold: a condition and its opposite never both, whatever the words', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...conditionFields),
      fc.array(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 4 }),
      fc.string({ unit: 'binary' }),
      (field, any, text) => {
        const given = { ...facts, text, title: text, department: text }
        const [holds, opposite] = [matchTicket([one(field, any)], given), matchTicket([one(field, any, true)], given)]
        expect(holds === null).toBe(opposite !== null)
      },
    ),
  )
})
