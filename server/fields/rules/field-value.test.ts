import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldTypes } from '../../../contract/fields.ts'
import { type FieldRule, normalValue, whyNotValue } from './field-value.ts'
import { whyNotDefine, whyNotPattern } from './field-definition.ts'

const rule = (given: Partial<FieldRule> = {}): FieldRule => ({
  label: 'Cost code',
  type: 'text',
  required: false,
  choices: [],
  pattern: null,
  ...given,
})
const judged = (r: FieldRule, given: unknown) => whyNotValue(r, normalValue(r, given))?.code ?? null

describe('a value', () => {
  it.each<[Partial<FieldRule>, unknown, string | null]>([
    [{}, ' x ', null],
    [{}, '', null],
    [{ required: true }, '  ', 'fields.required'],
    [{ required: true }, null, 'fields.required'],
    [{}, 7, 'fields.not-text'],
    [{}, 'a\nb', 'fields.not-one-line'],
    [{ type: 'long_text' }, 'a\nb', null],
    [{ type: 'long_text' }, 'a\0b', 'fields.not-one-line'],
    [{}, 'x'.repeat(501), 'fields.too-long'],
    [{ type: 'number' }, '12.50', null],
    [{ type: 'number' }, '1e5', 'fields.not-number'],
    [{ type: 'number' }, '1,000', 'fields.not-number'],
    [{ type: 'number' }, Number.POSITIVE_INFINITY, 'fields.not-number'],
    [{ type: 'number' }, 2 ** 60, 'fields.not-number'],
    [{ type: 'number' }, true, 'fields.not-number'],
    [{ type: 'boolean' }, 'Yes', null],
    [{ type: 'boolean' }, 'maybe', 'fields.not-boolean'],
    [{ type: 'date' }, '2026-02-28', null],
    [{ type: 'date' }, '2026-02-30', 'fields.not-date'],
    [{ type: 'date' }, '28.02.2026', 'fields.not-date'],
    [{ type: 'choice', choices: ['Red', 'Blue'] }, 'red', null],
    [{ type: 'choice', choices: ['Red', 'Blue'] }, 'green', 'fields.not-choice'],
    [{ type: 'url' }, 'https://example.test/a?b', null],
    [{ type: 'url' }, 'javascript:alert(1)', 'fields.not-url'],
    [{ type: 'url' }, 'example.test', 'fields.not-url'],
    [{ type: 'person' }, '01a00000-0000-7000-8000-000000000000', null],
    [{ type: 'person' }, 'Ada', 'fields.not-person'],
    [{ pattern: '[A-Z]{2}\\d{4}' }, 'KS1234', null],
    [{ pattern: '[A-Z]{2}\\d{4}' }, 'KS12345', 'fields.not-pattern'],
    [{ pattern: 'a|b' }, 'ab', 'fields.not-pattern'],
  ])('%j given %j: %s', (given, value, code) => {
    expect(judged(rule(given), value)).toBe(code)
  })

  it('keeps what it accepts: it is accepted again, and as the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fieldTypes), fc.oneof(fc.string(), fc.double(), fc.boolean()), (type, given) => {
        const r = rule({ type, choices: ['One', 'Two'] })
        const kept = normalValue(r, given)
        if (whyNotValue(r, kept) !== null) return
        const again = normalValue(r, JSON.parse(JSON.stringify(kept)))
        expect(whyNotValue(r, again)).toBeNull()
        expect(JSON.stringify(again)).toBe(JSON.stringify(kept))
      }),
    )
  })
})

describe('a definition', () => {
  const definition = { ...rule(), unique: false, encrypted: false }
  it.each<[Partial<typeof definition>, string | null]>([
    [{}, null],
    [{ type: 'choice' }, 'fields.choices-missing'],
    [{ choices: ['a'] }, 'fields.choices-unused'],
    [{ type: 'choice', choices: ['a', 'A'] }, 'fields.choices-twice'],
    [{ type: 'number', pattern: 'x' }, 'fields.pattern-unused'],
    [{ pattern: '(' }, 'fields.pattern-broken'],
    [{ pattern: '(a+)+' }, 'fields.pattern-slow'],
    [{ unique: true, encrypted: true }, 'fields.unique-encrypted'],
    [{ type: 'boolean', unique: true }, 'fields.unique-boolean'],
  ])('%j: %s', (given, code) => {
    expect(whyNotDefine({ ...definition, ...given })?.code ?? null).toBe(code)
  })
  it.each([
    '(a|a)+b',
    '(a+){12}',
    '(a?){30}',
    '(?:ab?){2,}',
    '(?:x(a|b))*',
    '(\\w*)*',
    '(a|b+){2,}',
    '((ab)*)+',
    '(?:[a-z]+)*',
  ])('refuses the slow pattern %s', (pattern) => {
    expect(whyNotPattern(pattern)?.code).toBe('fields.pattern-slow')
  })
  it.each([
    '[A-Z]{2}-\\d+',
    '(ab)+',
    '\\(x\\)+',
    '[(+]+',
    '(a|b)c*',
    '(\\d{2}-){3}',
    '(?:ab)+',
    '(?<n>ab)+c?',
    '(-\\d{4})?',
  ])('accepts the pattern %s', (pattern) => {
    expect(whyNotPattern(pattern)).toBeNull()
  })
})
