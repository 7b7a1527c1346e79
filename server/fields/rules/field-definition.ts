import type { Refusal } from '../../platform/errors.ts'
import type { FieldRule } from './field-value.ts'

export interface FieldDefinition extends FieldRule {
  readonly unique: boolean
  readonly encrypted: boolean
}

/** Null where a field can be defined like this. */
export function whyNotDefine(field: FieldDefinition): Refusal | null {
  if (field.type === 'choice') {
    if (field.choices.length === 0) return { code: 'fields.choices-missing' }
    if (new Set(field.choices.map((choice) => choice.toLowerCase())).size < field.choices.length)
      return { code: 'fields.choices-twice' }
  } else if (field.choices.length > 0) return { code: 'fields.choices-unused' }
  if (field.pattern !== null) {
    if (!['text', 'long_text', 'url'].includes(field.type)) return { code: 'fields.pattern-unused' }
    const refusal = whyNotPattern(field.pattern)
    if (refusal !== null) return refusal
  }
  if (field.unique && field.encrypted) return { code: 'fields.unique-encrypted' }
  return field.unique && field.type === 'boolean' ? { code: 'fields.unique-boolean' } : null
}

/**
 * Null for a regular expression that can be kept. One that repeats a group which itself repeats something, leaves it out
 * or chooses can take time without bound on a text of a few dozen characters, and is refused.
 */
export function whyNotPattern(pattern: string): Refusal | null {
  try {
    new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return { code: 'fields.pattern-broken' }
  }
  // escapes and classes are one character each as far as repetition goes
  const bare = pattern
    .replace(/\\[pP]\{[^}]*\}|\\./g, 'x')
    .replace(/\[(?:[^\]])*\]/g, 'x')
    .replace(/\(\?(?:<?[=!]|:|<\w+>)/g, '(')
  const open: boolean[] = []
  let repeatsInside: boolean = false
  for (let i = 0; i < bare.length; i++) {
    const is = bare[i]!
    if (is === '(') {
      open.push(repeatsInside)
      repeatsInside = false
    } else if (is === ')') {
      const repeats: boolean = repeatsInside
      repeatsInside = (open.pop() ?? false) || repeats
      if (repeats && /^([*+]|\{\d)/.test(bare.slice(i + 1))) return { code: 'fields.pattern-slow' }
    } else if ('*+?|'.includes(is) || /^\{\d+,/.test(bare.slice(i))) repeatsInside = true
  }
  return null
}
