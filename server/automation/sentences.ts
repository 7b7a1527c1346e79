import type { RuleCondition } from '../../contract/ticket-rules.ts'
import { sentence } from '../platform/catalogue.ts'
import { isId } from '../platform/identifiers.ts'
import { effectWords, type Names, skillWords, valueWord } from '../tickets/public.ts'
import type { EffectDone, StoredFiring } from './firings-store.ts'
import type { RuleColumns } from './rules-store.ts'
import type { Chosen } from './rules/whose-turn.ts'

/** Ids of queues, categories, skills and persons in a rule. */
export const idsIn = (rule: {
  conditions: readonly RuleCondition[]
  effects: readonly { value: string; skills?: string[] | undefined }[]
}): string[] => [
  ...new Set(
    [
      ...rule.conditions.flatMap(({ any }) => any),
      ...rule.effects.flatMap(({ value, skills = [] }) => [value, ...skills]),
    ].filter(isId),
  ),
]

const listed = new Intl.ListFormat('en', { type: 'disjunction' })
const joined = new Intl.ListFormat('en', { type: 'conjunction' })

const conditionWords = (condition: RuleCondition, names: Names): string =>
  sentence(`rules.if.${condition.field}${condition.not ? '.not' : ''}`, {
    values: listed.format(condition.any.map((value) => valueWord(condition.field, value, names))),
  })

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
  if (done.chosen?.person === null) return leftWords(words, done.chosen, names)
  const changed = changeWords(done, words, names)
  return done.chosen === undefined
    ? changed
    : sentence('rules.chosen', { words: changed, why: chosenWords(done.value, done.chosen, names) })
}

function changeWords(done: EffectDone, words: string, names: Names): string {
  if (done.after === null && done.before === null) return words
  return done.before === done.after
    ? sentence('rules.already', { words })
    : sentence(done.after === done.value ? 'rules.changed' : 'rules.changed-to', {
        words,
        before: done.before === null ? sentence('rules.value.nothing') : valueWord(done.do, done.before, names),
        after: done.after === null ? sentence('rules.value.nothing') : valueWord(done.do, done.after, names),
      })
}

const withSkills = (needed: readonly string[], names: Names) => ({
  n: needed.length,
  skills: needed.length === 0 ? '' : skillWords(needed, names),
})

/** Why this one: the skill, how many came into question, load and turn. */
export const chosenWords = (way: string, chosen: Extract<Chosen, { person: string }>, names: Names): string =>
  sentence(`rules.chosen.${way}`, {
    ...withSkills(chosen.needed, names),
    name: names[chosen.person] ?? sentence('rules.value.gone'),
    among: chosen.among,
    ties: chosen.ties,
    open: chosen.open,
    had: chosen.turn === null ? 'no' : 'yes',
  })

/** Why nobody: “Nobody at work today has the skill SAP.” */
export const nobodyWords = (chosen: Extract<Chosen, { person: null }>, names: Names): string =>
  sentence(`rules.nobody.${chosen.why}`, withSkills(chosen.needed, names))

const leftWords = (words: string, chosen: Extract<Chosen, { person: null }>, names: Names): string =>
  sentence('rules.left', {
    words,
    why: nobodyWords(chosen, names),
    n: chosen.told.length,
    told: joined.format(chosen.told.map((id) => names[id] ?? sentence('rules.value.gone'))),
  })

/** Ids in what a firing did. */
export const idsOfFiring = (f: StoredFiring): string[] => [
  ...new Set(
    [
      ...idsIn({ conditions: f.conditions, effects: f.done }),
      ...f.done.flatMap((one) => [one.before, one.after, ...(one.chosen?.needed ?? []), ...(one.chosen?.told ?? [])]),
    ].filter((value): value is string => value !== null && isId(value)),
  ),
]
