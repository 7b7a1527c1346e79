import type { RuleCondition, RuleEffect } from '../../contract/ticket-rules.ts'
import { sentence } from '../platform/catalogue.ts'
import { isId } from '../platform/identifiers.ts'
import type { EffectDone, StoredFiring } from './firings-store.ts'
import type { RuleColumns } from './rules-store.ts'

export type Names = Readonly<Record<string, string>>

/** Ids of queues, categories and persons in a rule. */
export const idsIn = (rule: {
  conditions: readonly RuleCondition[]
  effects: readonly { value: string }[]
}): string[] => [
  ...new Set([...rule.conditions.flatMap(({ any }) => any), ...rule.effects.map(({ value }) => value)].filter(isId)),
]

const listed = new Intl.ListFormat('en', { type: 'disjunction' })
const joined = new Intl.ListFormat('en', { type: 'conjunction' })

/** Fields whose values have words of their own in the catalogue. */
const worded = new Set(['channel', 'kind', 'priority', 'state', 'assignee', 'impact', 'urgency'])
function valueWord(field: string, value: string, names: Names): string {
  const name = names[value]
  if (name !== undefined) return name
  const key = `rules.value.${field}.${value}`
  const word = worded.has(field) ? sentence(key) : key
  return word === key ? (isId(value) ? sentence('rules.value.gone') : `“${value}”`) : word
}

const conditionWords = (condition: RuleCondition, names: Names): string =>
  sentence(`rules.if.${condition.field}${condition.not ? '.not' : ''}`, {
    values: listed.format(condition.any.map((value) => valueWord(condition.field, value, names))),
  })

const effectWords = ({ do: what, value }: RuleEffect, names: Names): string =>
  sentence(`rules.do.${what}`, {
    value: ['note', 'reply', 'resolve'].includes(what) ? shortened(value) : valueWord(what, value, names),
  })

const shortened = (html: string): string => {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`
}

/** A rule as a sentence: "When a ticket is opened by mail and its text mentions “payroll”, put it in Finance apps and set its urgency to high." */
export function ruleSentence(
  rule: Pick<RuleColumns, 'event' | 'waits_seconds' | 'conditions' | 'effects'>,
  names: Names,
): string {
  const when = sentence(`rules.when.${rule.event}`, { days: Math.round((rule.waits_seconds ?? 0) / 86_400) })
  const ifs = rule.conditions.map((condition) => conditionWords(condition, names))
  return sentence(ifs.length === 0 ? 'rules.sentence.always' : 'rules.sentence', {
    when,
    ifs: joined.format(ifs),
    effects: joined.format(rule.effects.map((effect) => effectWords(effect, names))),
  })
}

/** Why conditions held: each with the value that made it hold. */
export const becauseWords = (
  conditions: readonly (RuleCondition & { held: string | null })[],
  names: Names,
): string[] =>
  conditions.map(({ held, ...condition }) =>
    conditionWords(held === null ? condition : { ...condition, any: [held] }, names),
  )

/** What became of an effect. */
export function doneWords(done: EffectDone, names: Names): string {
  const words = effectWords(done, names)
  if (done.refused !== null)
    return sentence('rules.refused', { words, why: sentence(done.refused.code, done.refused.params ?? {}) })
  if (done.after === null && done.before === null) return words
  return done.before === done.after
    ? sentence('rules.already', { words })
    : sentence(done.after === done.value ? 'rules.changed' : 'rules.changed-to', {
        words,
        before: done.before === null ? sentence('rules.value.nothing') : valueWord(done.do, done.before, names),
        after: done.after === null ? sentence('rules.value.nothing') : valueWord(done.do, done.after, names),
      })
}

/** Ids in what a firing did. */
export const idsOfFiring = (f: StoredFiring): string[] => [
  ...new Set(
    [
      ...idsIn({ conditions: f.conditions, effects: f.done }),
      ...f.done.flatMap((one) => [one.before, one.after]),
    ].filter((value): value is string => value !== null && isId(value)),
  ),
]
