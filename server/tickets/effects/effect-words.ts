import type { RuleEffect } from '../../../contract/ticket-rules.ts'
import { sentence } from '../../platform/catalogue.ts'
import { isId } from '../../platform/identifiers.ts'

/** Names of ids of queues, categories and persons. */
export type Names = Readonly<Record<string, string>>

/** Fields whose values have words of their own in the catalogue. */
const worded = new Set(['channel', 'kind', 'priority', 'state', 'assignee', 'impact', 'urgency'])
/** A value of a field of a ticket in words. */
export function valueWord(field: string, value: string, names: Names): string {
  const name = names[value]
  if (name !== undefined) return name
  const key = `rules.value.${field}.${value}`
  const word = worded.has(field) ? sentence(key) : key
  return word === key ? (isId(value) ? sentence('rules.value.gone') : `“${value}”`) : word
}

/** An effect in words: “put it in Finance apps”. */
export const effectWords = ({ do: what, value, skills = [] }: RuleEffect, names: Names): string =>
  sentence(`rules.do.${what}`, {
    value:
      skills.length > 0
        ? sentence(`rules.value.assignee.${value}.skilled`, { skills: skillWords(skills, names) })
        : ['note', 'reply', 'resolve', 'task'].includes(what)
          ? shortened(value)
          : valueWord(what, value, names),
  })

const joined = new Intl.ListFormat('en', { type: 'conjunction' })
/** “the skill SAP”, “the skills SAP and VPN”. */
export const skillWords = (skills: readonly string[], names: Names): string =>
  sentence('rules.skills', {
    n: skills.length,
    skills: joined.format(skills.map((id) => names[id] ?? sentence('rules.value.gone'))),
  })

const shortened = (html: string): string => {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`
}
