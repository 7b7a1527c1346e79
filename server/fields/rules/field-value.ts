import type { FieldType } from '../../../contract/fields.ts'
import type { Refusal } from '../../platform/errors.ts'

/** What decides whether a value fits. */
export interface FieldRule {
  readonly label: string
  readonly type: FieldType
  readonly required: boolean
  readonly choices: readonly string[]
  readonly pattern: string | null
}
export type FieldValue = string | number | boolean

const longest: Record<'text' | 'long_text' | 'url', number> = { text: 500, long_text: 20_000, url: 2_000 }
/** Integers up to here, and fractions, come back from JSON as they went in. */
const mostNumber = Number.MAX_SAFE_INTEGER
const isDate = /^\d{4}-\d{2}-\d{2}$/
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const wrong = (code: string, rule: FieldRule, params: Record<string, unknown> = {}): Refusal => ({
  code: `fields.${code}`,
  params: { label: rule.label, ...params },
})

/**
 * The value in the form in which it is kept: text trimmed, text of a file or an address made into what the type says.
 * Null for nothing. What does not fit is left as it is, for `whyNotValue` to say so.
 */
export function normalValue(rule: FieldRule, given: unknown): unknown {
  if (given === null || given === undefined) return null
  if (typeof given !== 'string') return given
  const text = given.trim()
  if (text === '') return null
  if (rule.type === 'number' && /^[-+]?\d+([.]\d+)?$/.test(text)) return Number(text)
  if (rule.type === 'boolean' && /^(true|false|yes|no|y|n|1|0)$/i.test(text)) return /^(true|yes|y|1)$/i.test(text)
  if (rule.type === 'choice') return rule.choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text
  if (rule.type === 'person') return text.toLowerCase()
  return text
}

/** Null where a value (of `normalValue`) fits its field, or which is wrong with it. A person must also exist, which a rule cannot know. */
export function whyNotValue(rule: FieldRule, value: unknown): Refusal | null {
  if (value === null) return rule.required ? wrong('required', rule) : null
  switch (rule.type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= mostNumber
        ? null
        : wrong('not-number', rule)
    case 'boolean':
      return typeof value === 'boolean' ? null : wrong('not-boolean', rule)
    case 'date':
      return typeof value === 'string' && isDate.test(value) && isCalendarDate(value) ? null : wrong('not-date', rule)
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value)
        ? null
        : wrong('not-choice', rule, { choices: rule.choices.join(', ') })
    case 'person':
      return typeof value === 'string' && isId.test(value) ? null : wrong('not-person', rule)
    default:
      return typeof value === 'string' ? whyNotText(rule, rule.type, value) : wrong('not-text', rule)
  }
}

function whyNotText(rule: FieldRule, type: 'text' | 'long_text' | 'url', text: string): Refusal | null {
  if (text.length > longest[type]) return wrong('too-long', rule, { most: longest[type] })
  if (text.includes('\0') || (type !== 'long_text' && /\p{Cc}/u.test(text))) return wrong('not-one-line', rule)
  if (type === 'url' && !isWebAddress(text)) return wrong('not-url', rule)
  if (rule.pattern !== null && !new RegExp(`^(?:${rule.pattern})$`, 'u').test(text))
    return wrong('not-pattern', rule, { pattern: rule.pattern })
  return null
}

function isCalendarDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

function isWebAddress(text: string): boolean {
  try {
    return /^https?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}

/** The form in which values of a unique field are compared: text without regard to case. */
export const claimOf = (value: FieldValue): string => String(value).toLowerCase()
