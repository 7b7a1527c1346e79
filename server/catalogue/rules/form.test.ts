import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Answers, type FormField, serviceDefinition } from '../../../contract/catalogue.ts'
import {
  amountOf,
  askedFields,
  costOf,
  judgeAnswers,
  mayOrder,
  whyNotChangeOrder,
  whyNotPublish,
  whyNotWithdrawOrder,
} from './form.ts'

const field = (key: string, more: Partial<FormField> = {}): FormField => ({
  key,
  label: key,
  help: '',
  adds: null,
  type: 'text',
  required: false,
  choices: [],
  prices: [],
  showWhen: [],
  ...more,
})
const when = (on: string, ...is: string[]) => ({ showWhen: [{ field: on, is }] })
const size = field('size', {
  type: 'choice',
  choices: ['14"', '16"'],
  prices: [{ choice: '16"', cost: { oneOff: 30_000, monthly: 0 } }],
})
const dock = field('dock', { type: 'boolean', prices: [{ choice: 'yes', cost: { oneOff: 15_000, monthly: 200 } }] })
const where = field('where', { required: true, ...when('dock', 'yes') })
const floor = field('floor', { ...when('where', 'Hall') })
const fields = [size, dock, where, floor]

test.each<[Answers, string]>([
  [{}, 'size dock'],
  [{ dock: true }, 'size dock where'],
  [{ dock: false, where: 'Hall' }, 'size dock'],
  [{ dock: true, where: 'hall' }, 'size dock where floor'],
  // a condition on what is not asked does not hold, whatever was answered once
  [{ dock: false, where: 'Hall', floor: '1' }, 'size dock'],
])('with %j it asks %s', (given, keys) => {
  expect(
    askedFields(fields, given)
      .map((one) => one.key)
      .join(' '),
  ).toBe(keys)
})

describe('answers', () => {
  it('are kept where they are asked for, and judged by their kind', () => {
    const judged = judgeAnswers(fields, { size: '16"', dock: 'yes', where: ' ', floor: '3', unknown: 'x' })
    expect(judged.answers).toEqual({ size: '16"', dock: true })
    expect([...judged.wrong]).toEqual([['where', { code: 'fields.required', params: { label: 'where' } }]])
    const codes = (type: FormField['type'], given: Answers[string]) =>
      judgeAnswers([field('x', { type, required: true })], { x: given }).wrong.get('x')?.code ?? 'fine'
    expect(codes('money', 1250)).toBe('fine')
    expect(codes('money', 12.5)).toBe('fields.not-number')
    expect(codes('money', -1)).toBe('fields.not-number')
    expect(codes('date', '2026-02-30')).toBe('fields.not-date')
    expect(codes('device', 'my laptop')).toBe('fields.not-device')
    expect(codes('file', [])).toBe('fields.required')
    expect(codes('file', ['01a00000-0000-7000-8000-000000000000'])).toBe('fine')
    // what must be agreed to
    expect(codes('boolean', false)).toBe('fields.required')
  })
  it('that were kept are kept again as they are', () => {
    const answer = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null))
    fc.assert(
      fc.property(fc.record({ size: answer, dock: answer, where: answer, floor: answer }), (given) => {
        const once = judgeAnswers(fields, given)
        expect(judgeAnswers(fields, once.answers).answers).toEqual(once.answers)
      }),
    )
  })
})

test('cost is that of the service and of the choices that are asked', () => {
  const definition = { price: { oneOff: 100_000, monthly: 0 }, months: 12 }
  const of = (given: Answers) => costOf(definition, askedFields(fields, given), given)
  expect(of({})).toEqual({ oneOff: 100_000, monthly: 0 })
  expect(of({ size: '16"', dock: true })).toEqual({ oneOff: 145_000, monthly: 200 })
  expect(amountOf(definition, of({ dock: true }))).toBe(117_400)
})

test('who may order', () => {
  const who = { department: 'Sales', site: null, teams: ['t1'] }
  const to = (over: object) => mayOrder({ departments: [], sites: [], teams: [], ...over }, who)
  expect(to({})).toBe(true)
  expect(to({ departments: ['sales '] })).toBe(true)
  expect(to({ departments: ['HR'] })).toBe(false)
  expect(to({ departments: ['HR'], teams: ['t1'] })).toBe(true)
  expect(to({ sites: ['Oslo'] })).toBe(false)
})

test('what keeps a service from being published', () => {
  const codes = (over: object) =>
    whyNotPublish(serviceDefinition.parse({ name: 'x', ...over })).map((one) => one.code.replace('catalogue.', ''))
  expect(codes({})).toEqual([])
  expect(codes({ fields: [field('a'), field('a')] })).toEqual(['key-twice'])
  expect(codes({ fields: [field('a', { type: 'choice' })] })).toEqual(['no-choices'])
  expect(codes({ fields: [floor, where] })).toEqual(['condition-later', 'condition-later'])
  expect(codes({ price: { oneOff: 1, monthly: 0 } })).toEqual(['no-currency'])
  expect(codes({ fields, currency: 'EUR' })).toEqual([])
  expect(codes({ fields: [field('a', { prices: size.prices })], currency: 'EUR' })).toEqual(['price-of-nothing'])
})

test('an order is changed until something of it is done, and withdrawn while it is open', () => {
  const own = { isOwn: true, inside: false }
  expect(whyNotChangeOrder({ isOpen: true, tasksDone: 0 }, own)).toBeNull()
  expect(whyNotChangeOrder({ isOpen: true, tasksDone: 1 }, own)?.code).toBe('orders.begun')
  expect(whyNotChangeOrder({ isOpen: false, tasksDone: 0 }, own)?.code).toBe('orders.over')
  expect(whyNotChangeOrder({ isOpen: true, tasksDone: 0 }, { isOwn: false, inside: false })?.code).toBe(
    'orders.not-yours',
  )
  expect(whyNotWithdrawOrder({ isOpen: true }, own)).toBeNull()
  expect(whyNotWithdrawOrder({ isOpen: false }, own)?.code).toBe('orders.over')
})

test.each<[string, Partial<FormField>, number, { oneOff: number; monthly: number }]>([
  ['once', { type: 'money', adds: 'oneOff' }, 500, { oneOff: 600, monthly: 10 }],
  ['every month', { type: 'money', adds: 'monthly' }, 500, { oneOff: 100, monthly: 510 }],
  ['to nothing', { type: 'money' }, 500, { oneOff: 100, monthly: 10 }],
  ['a number that is no amount', { type: 'number', adds: 'oneOff' }, 500, { oneOff: 100, monthly: 10 }],
  ['nothing that is wrong', { type: 'money', adds: 'oneOff' }, -500, { oneOff: 100, monthly: 10 }],
])('an amount adds %s', (_, more, amount, expected) => {
  const asked = [field('sum', more)]
  expect(costOf({ price: { oneOff: 100, monthly: 10 } }, asked, { sum: amount })).toEqual(expected)
})
