import { z } from 'zod'
import type { Action } from '../../contract/action.ts'
import type { Random } from '../../demo/random.ts'

interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  maxItems?: number
}

const schemas = new Map<string, Schema>()

/** The input of an action as a JSON schema, worked out once. */
export function schemaOf(action: Action): Schema {
  const known = schemas.get(action.name)
  if (known !== undefined) return known
  const made = z.toJSONSchema(action.input, { io: 'input', unrepresentable: 'any' }) as Schema
  schemas.set(action.name, made)
  return made
}

const words = [
  'Printer',
  'me',
  'none',
  'mine',
  'Field',
  'a',
  'naïve café',
  '你好',
  '🧨',
  'INC-1001',
  'x y z',
  "O'Neil; --",
]
const script = '<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">x</a>'
const zones = ['Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Etc/GMT+12', '+05:30', 'Mars/Base']
const moments = [
  '2026-05-17T14:00:00Z',
  '1800-01-01T00:00:00Z',
  '2299-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-03-29T02:30:00+01:00',
  '2026-05-17T14:00:00.123456789Z',
  '2026-05-17T14:00:00-23:59',
]
const dates = ['2026-05-17', '0000-01-01', '9999-12-31', '2024-02-29', '1800-01-01', '2299-12-31', '1582-10-10']

/** Ids of records that exist, so that requests get beyond "there is no such record". */
export type Known = readonly string[]

/** A value that mostly fits the schema. */
export function fitting(random: Random, schema: Schema, known: Known, name = '', depth = 0): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return random.pick(schema.enum)
  if (schema.anyOf !== undefined) return fitting(random, random.pick(schema.anyOf), known, name, depth)
  switch (schema.type) {
    case 'object': {
      const made: Record<string, unknown> = {}
      for (const [field, of] of Object.entries(schema.properties ?? {}))
        if (schema.required?.includes(field) === true || random.chance(0.4))
          made[field] = fitting(random, of, known, field, depth + 1)
      if (typeof schema.additionalProperties === 'object')
        for (let i = random.below(3); i > 0; i--)
          made[random.pick(words)] = fitting(random, schema.additionalProperties, known, '', depth + 1)
      return made
    }
    case 'array':
      return Array.from({ length: random.below(Math.min(4, (schema.maxItems ?? 4) + 1)) }, () =>
        fitting(random, schema.items ?? {}, known, name, depth + 1),
      )
    case 'integer':
    case 'number': {
      const low = Math.max(schema.minimum ?? -10, -1e9)
      const high = Math.min(schema.maximum ?? 200_000, 1e9)
      return random.chance(0.2) ? random.pick([low, high]) : low + random.below(high - low + 1)
    }
    case 'boolean':
      return random.chance(0.5)
    case 'null':
      return null
    case 'string':
      return fittingText(random, schema, known, name)
    default:
      return random.pick([null, 1, 'text', true, known[0] ?? ''])
  }
}

function fittingText(random: Random, schema: Schema, known: Known, name: string): string {
  if (schema.format === 'uuid') return random.chance(0.9) && known.length > 0 ? random.pick(known) : anyId(random)
  if (schema.format === 'date-time') return random.pick(moments)
  if (schema.format === 'date') return random.pick(dates)
  if (schema.format === 'email' || /e-?mail/i.test(name)) return `a${random.below(1e6)}@example.test`
  if (/zone/i.test(name)) return random.pick(zones)
  if (schema.pattern?.includes(':') === true) return random.pick(['00:00', '09:00', '12:30', '17:00', '23:59', '24:00'])
  if (name === 'country') return random.pick(['DE', 'US', 'XX', 'CH'])
  if (name === 'region') return random.pick(['BY', 'ZH', '1'])
  if (schema.pattern?.includes('[1-5]') === true) return random.pick(['1', '5'])
  if (/body|description|resolution|note/.test(name)) return random.chance(0.3) ? script : `<p>${random.pick(words)}</p>`
  if (/^(id|person|assignee|requester|queue|owner)$/.test(name) && random.chance(0.7) && known.length > 0)
    return random.pick(known)
  return random.pick(words)
}

const anyId = (random: Random) => {
  const hex = () => random.below(0x1_0000).toString(16).padStart(4, '0')
  return `${hex()}${hex()}-${hex()}-7${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}`
}

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown

/** Something that fits nowhere. */
function hostile(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => 'nul \u0000 inside',
    () => 'lone \ud800 surrogate',
    () => '\udfff',
    () => 'x'.repeat(random.pick([256, 10_000, 1_000_001])),
    () => '𝕏'.repeat(500),
    () => '',
    () => ' \t\r\n',
    () => '\u202eevil\u2066',
    () => script,
    () => '<'.repeat(20_000),
    () => '<div>'.repeat(5_000),
    () => "'; drop table tickets; --",
    () => '../../../../etc/passwd',
    () => '%00%ff%',
    () => '\\',
    () => '1e999',
    () => 9_007_199_254_740_991,
    () => -9_007_199_254_740_991,
    () => 1e308,
    () => -0.5,
    () => 2_147_483_648,
    () => true,
    () => [],
    () => ({}),
    () => deep(random.pick([3, 500, 3_000])),
    () => ({ __proto__: null, constructor: { prototype: { admin: true } }, toString: 1, length: -1 }),
    () => Array.from({ length: 3_000 }, (_, i) => i),
    () => random.pick(moments),
    () => random.pick(dates),
    () => Buffer.from(JSON.stringify(['x', null])).toString('base64url'),
    () => Buffer.from(JSON.stringify(['9999999-01-01', 'x', 1])).toString('base64url'),
  ])()
}

/** The value with one to three places made hostile, dropped, or joined by a field that nobody asked for. */
export function mutated(random: Random, value: unknown): unknown {
  let made = value
  for (let i = 1 + random.below(3); i > 0; i--) made = once(random, made)
  return made
}

function once(random: Random, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || random.chance(0.15)) return hostile(random)
  const fields = Object.keys(value)
  if (fields.length === 0 || random.chance(0.1)) {
    if (Array.isArray(value)) return [...(value as unknown[]), hostile(random)]
    const extra = random.pick([
      '__proto__',
      'constructor',
      'prototype',
      'id',
      'version',
      'hasOwnProperty',
      'toString',
      'after',
    ])
    return Object.defineProperty({ ...value }, extra, { value: hostile(random), enumerable: true })
  }
  const field = random.pick(fields)
  const inner = (value as Record<string, unknown>)[field]
  const changed = once(random, inner)
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === field ? changed : item))
  if (random.chance(0.1)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field))
  return { ...value, [field]: changed }
}
