import { z } from 'zod'
import type { Permission } from './permissions.ts'

/**
 * One thing that can be asked of Linchpin, as plain data. Validation, permission, the OpenAPI document, the typed
 * client and the permission matrix of the tests all read this and nothing else.
 */
export interface Action<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command'
  /** `capability.verb`, unique, as in `tickets.resolve`. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below `/api/v1`, with `{name}` for each field of the input that travels in the path. */
  readonly path: string
  /** `public`: anybody. `signed-in`: any account or key. Otherwise the role must hold the permission. */
  readonly permission: Permission | 'public' | 'signed-in'
  /** One sentence, shown in the API reference. */
  readonly summary: string
  /** Path, query string (GET, DELETE) or JSON body (others), merged into one object. */
  readonly input: I
  readonly output: O
  /** A command that computes and stores nothing: it need not record an event. */
  readonly stateless?: boolean
  /** The answer holds a secret that is shown once: a repeat with the same Idempotency-Key is refused instead of answered. */
  readonly answersSecret?: boolean
}

type Spec<I extends z.ZodObject, O extends z.ZodType> = Omit<Action<I, O>, 'kind'>

/** Something that is only read. It may not record an event: an audited read is a command. */
export const query = <I extends z.ZodObject, O extends z.ZodType>(spec: Omit<Spec<I, O>, 'method'>): Action<I, O> => ({
  kind: 'query',
  method: 'GET',
  ...spec,
})

/** Something that changes the world: one transaction, at least one recorded event or `ctx.unchanged()`. */
export const command = <I extends z.ZodObject, O extends z.ZodType>(spec: Spec<I, O>): Action<I, O> => ({
  kind: 'command',
  ...spec,
})

/** What a handler receives (parsed) for an action. */
export type Input<A extends Action> = z.output<A['input']>
/** What a caller sends (unparsed, defaults optional) for an action. */
export type Sent<A extends Action> = z.input<A['input']>
/** What a handler answers with. */
export type Output<A extends Action> = z.input<A['output']>
/** What a caller gets. */
export type Answer<A extends Action> = z.output<A['output']>

// ---- the few shapes that every capability uses ---------------------------------------------------------------

export const id = z.uuid()
/** An instant in UTC, ISO 8601 (`2026-05-17T14:00:00Z`). */
export const instant = z.iso.datetime({ offset: true }).meta({ description: 'Instant, ISO 8601 in UTC' })
/** A calendar date without a zone (`2026-05-17`). */
export const plainDate = z.iso.date()
/** A date that is set: one whose moments every clock and every zone can count to, and around which there is room for warnings. */
export const givenDate = plainDate.refine(
  (day) => day >= '1000-01-01' && day < '9900-01-01',
  'must be a day between the years 1000 and 9899',
)
/** One line a person typed. Control characters are refused, ends trimmed. */
export const line = (max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), 'must be one line without control characters')
/** Rich text as HTML; the server keeps only what the sanitiser allows. At most 1 MB. */
export const html = z.string().max(1_000_000)
/** The record version a write was based on; a write without one always applies, one with an old one is refused (409). */
export const basedOn = z.int().min(1).optional().meta({ description: 'Version the edit is based on' })
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** A number, boolean or list that arrives in a query string as text. */
export const queryBoolean = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })])
export const queryList = <T extends z.ZodType<string, string>>(item: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value),
    z.array(item),
  )

/** Keyset page: ask with the `next` of the page before. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional().meta({ description: 'The `next` of the page before' }),
  count: z
    .enum(['exact', 'capped'])
    .optional()
    .meta({ description: '`exact` adds `total`; `capped` counts up to 1,000' }),
}

/** A page of a list. `next` is null on the last one. `totalCapped` says that `total` means "at least". */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.int().optional(),
    totalCapped: z.boolean().optional(),
  })

/** Why an action on a record is refused at this moment; null where it is allowed. Code and sentence. */
export const refusal = z.object({ code: z.string(), sentence: z.string() })
export type RefusalShown = z.output<typeof refusal>
export const refusals = z.record(z.string(), refusal.nullable())

/**
 * The fields of a record for an edit: each may be left out, and what is left out is not set. Zod's own `partial` keeps the defaults, which would put back
 * whatever an edit does not name.
 */
export const edited = <S extends z.ZodRawShape>(shape: S) =>
  z.object(
    Object.fromEntries(
      Object.entries(shape).map(([name, type]) => [
        name,
        (type instanceof z.ZodDefault ? (type.unwrap() as z.ZodType) : (type as z.ZodType)).optional(),
      ]),
    ) as unknown as {
      [K in keyof S]: z.ZodOptional<S[K] extends z.ZodDefault<infer T extends z.core.SomeType> ? T : S[K]>
    },
  )

/** A pointer to another record, with the name a person reads. */
export const ref = z.object({ id, name: z.string() })
export type Ref = z.output<typeof ref>

/** What every error answer carries. */
export const problem = z.object({
  error: z.object({
    /** Stable, for programs: `stale`, `forbidden`, `not-found`, `invalid`, `negative`, ... */
    code: z.string(),
    /** For people: what happened and what to do. */
    message: z.string(),
    requestId: z.string(),
    /** One entry per wrong field of the input. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** With `stale`: the record as it is now, and the fields in which it differs from what was sent. */
    current: z.unknown().optional(),
    differs: z.array(z.string()).optional(),
  }),
})
export type ProblemBody = z.output<typeof problem>['error']
