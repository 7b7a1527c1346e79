import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { messages } from './catalogue.ts'
import { eventSentence } from './event-sentence.ts'

/** Names of what a sentence asks for, also inside of its choices. */
const asked = (message: string): string[] => {
  const names = new Set<string>()
  const look = (parts: unknown): void =>
    JSON.stringify(parts, (_, value: unknown) => {
      // 1: a name alone; 5 and 6: a choice
      if (typeof value === 'object' && value !== null && 'type' in value && 'value' in value)
        if ([1, 2, 3, 4, 5, 6].includes(value.type as number)) names.add(String(value.value))
      return value
    }) as unknown as void
  look(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
  return [...names]
}

test('the sentence of an event asks for nothing but what an event carries', () => {
  const wrong = Object.entries(messages)
    .filter(([code]) => code.startsWith('event.'))
    .flatMap(([code, message]) => asked(message).map((name) => `${code}: ${name}`))
    .filter((one) => !/: (?:before_|after_|fields$)/.test(one))
  expect(wrong).toEqual([])
})

test('what a rule did is put back by its name', () => {
  expect(eventSentence('ticket.rule-undone', null, { rule: '1', rule_name: 'Printers' }, 'UTC')).toBe(
    'put back what the rule “Printers” did',
  )
})
