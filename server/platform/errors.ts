import { sentence } from './catalogue.ts'

/** Why a rule says no: the key of a sentence and what it is filled with. */
export interface Refusal {
  code: string
  params?: Record<string, unknown>
}

/** An expected refusal: becomes a 4xx with its sentence in one place (http.ts). Anything else thrown is a bug (500). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, unknown>
  readonly extra: { fields?: { path: string; message: string }[]; current?: unknown; differs?: string[] }
  constructor(status: number, code: string, params: Record<string, unknown> = {}, extra: Problem['extra'] = {}) {
    super(code)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.params = params
    this.extra = extra
  }
}

/** Stops the action with 409 and the refusal's sentence unless the rule answered null. */
export function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw new Problem(409, refusal.code, refusal.params ?? {})
}

/** 404: there is no such record, or the reader may not know that there is. */
export const notFound = (what: string): Problem => new Problem(404, 'not-found', { what })
/** 403: the role lacks the permission, or the record is not the reader's to change. */
export const forbidden = (permission: string): Problem => new Problem(403, 'forbidden', { permission })
/** 400 for one wrong field, beyond what the schema can say. `code` is a sentence of the catalogue. */
export const invalid = (path: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(400, code, params, { fields: [{ path, message: sentence(code, params).trim() }] })

/**
 * 409 `stale`: the record moved on since the version the write was based on. Carries the record as it is now and the
 * fields whose present value differs from what was sent.
 */
export function stale(current: object, sent: object): Problem {
  const now = current as Record<string, unknown>
  const plain = (value: unknown) => (value !== null && typeof value === 'object' && 'id' in value ? value.id : value)
  const differs = Object.entries(sent)
    .filter(([field, value]) => field !== 'version' && field !== 'id' && value !== undefined && field in now)
    .filter(([field, value]) => JSON.stringify(plain(now[field])) !== JSON.stringify(plain(value)))
    .map(([field]) => field)
  return new Problem(409, 'stale', {}, { current, differs })
}
