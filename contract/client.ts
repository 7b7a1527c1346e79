import type { Action, Answer, ProblemBody, Sent } from './action.ts'

/** An answer that is not 2xx: `code` for programs, `message` (a sentence) for people. */
export class ApiError extends Error {
  readonly status: number
  readonly body: ProblemBody
  constructor(status: number, body: ProblemBody) {
    super(body.message)
    this.name = 'ApiError'
    this.status = status
    this.body = body
  }
  get code(): string {
    return this.body.code
  }
}

export interface ClientOptions {
  /** Where Linchpin is, without `/api/v1`; empty in the browser. */
  base?: string
  /** Bearer API key. Without one the browser's session cookie counts. */
  key?: string
  headers?: Record<string, string>
  fetch?: typeof fetch
}

export interface CallOptions {
  /** A repeat with the same key gives the first answer. */
  idempotencyKey?: string
  signal?: AbortSignal
}

export type Client = <A extends Action>(action: A, input: Sent<A>, options?: CallOptions) => Promise<Answer<A>>

/** Address and remaining fields of a call: `{id}` of the path is filled from the input. */
export function addressOf(
  action: Action,
  input: Record<string, unknown>,
): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const path = action.path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = rest[field]
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  return { path: `/api/v1${path}`, rest }
}

const searchOf = (rest: Record<string, unknown>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined || value === null) continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** The typed client: the browser, the command line and the tests speak to the server through it. */
export function createClient(options: ClientOptions = {}): Client {
  const send = options.fetch ?? fetch
  return async (action, input, call = {}) => {
    const { path, rest } = addressOf(action, input)
    const inQuery = action.method === 'GET' || action.method === 'DELETE'
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
    if (options.key !== undefined) headers['authorization'] = `Bearer ${options.key}`
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey
    if (!inQuery) headers['content-type'] = 'application/json'
    const response = await send(`${options.base ?? ''}${path}${inQuery ? searchOf(rest) : ''}`, {
      method: action.method,
      headers,
      credentials: 'same-origin',
      ...(inQuery ? {} : { body: JSON.stringify(rest) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    })
    const text = await response.text()
    if (!response.ok) throw new ApiError(response.status, problemOf(response, text))
    return JSON.parse(text) as Answer<typeof action>
  }
}

function problemOf(response: Response, text: string): ProblemBody {
  try {
    const { error } = JSON.parse(text) as { error?: ProblemBody }
    if (error !== undefined && typeof error.code === 'string') return error
  } catch {
    // not ours: a proxy's page, or nothing at all
  }
  return {
    code: 'unreachable',
    message: `The server answered ${response.status} without a reason.`,
    requestId: response.headers.get('x-request-id') ?? '',
  }
}
