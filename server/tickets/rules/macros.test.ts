import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { filled, namesIn, wrongName } from '../../notes/rules/fill-names.ts'
import { isFit } from './fit-value.ts'
import { firstName, whyNotKeepMacro } from './macros.ts'

test.each([
  ['Ana Maria Silva', 'Ana'],
  ['Silva, Ana Maria', 'Ana'],
  [' Ana', 'Ana'],
  ['Ana,', 'Ana'],
  ['', ''],
])('addresses %j as %j', (name, first) => expect(firstName(name)).toBe(first))

test.each([
  ['mine', 'p', { person: 'p', configures: false }, null],
  ['mine', 'q', { person: 'p', configures: true }, 'macros.not-yours'],
  ['mine', null, { person: null, configures: true }, 'macros.not-yours'],
  ['team', null, { person: 'p', configures: false }, 'macros.not-yours'],
  ['team', null, { person: 'p', configures: true }, null],
  ['all', null, { person: null, configures: true }, null],
  ['all', null, { person: 'p', configures: false }, 'macros.not-yours'],
] as const)('keeping a macro of %s, owner %s', (scope, owner_id, who, code) =>
  expect(whyNotKeepMacro({ scope, owner_id }, who)?.code ?? null).toBe(code),
)

test.each([
  ['Dear {{a}}', null],
  ['Dear {{ a }}, {{b}}', { name: 'b', at: 15 }],
  ['Dear {{a', { name: null, at: 6 }],
  ['a}}', { name: null, at: 2 }],
  ['{a}', null],
])('%j', (text, wrong) => expect(wrongName(text, ['a'])).toEqual(wrong))

it('fills in nothing that a value holds, and finds every name once', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(filled('<{{a}}{{ a }}>', { a: value })).toBe(`<${value}${value}>`)
      expect(namesIn('{{a}} {{b}} {{ a }}')).toEqual(['a', 'b'])
    }),
  )
})

it('takes whoever uses it for an assignee of macros alone, and whose turn it is for one of rules alone', () => {
  const isId = () => false
  const fits = (role: 'do' | 'macro') =>
    ['me', 'nobody', 'in-turn', 'least-loaded'].filter((value) => isFit(role, 'assignee', value, isId))
  expect([fits('do'), fits('macro')]).toEqual([
    ['nobody', 'in-turn', 'least-loaded'],
    ['me', 'nobody'],
  ])
})
