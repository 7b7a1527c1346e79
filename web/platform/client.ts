import type { Action, Answer, Sent } from '../../contract/action.ts'
import { ApiError, createClient } from '../../contract/client.ts'

export { ApiError }

const client = createClient()

/** What to do when a question is answered with "who are you?"; set once by the session. */
let onSignedOut: () => void = () => undefined
export const whenSignedOut = (act: () => void): void => {
  onSignedOut = act
}

/** The network is away: no answer at all. Everything typed is still in the page. */
export class OfflineError extends Error {
  constructor() {
    super('offline')
    this.name = 'OfflineError'
  }
}

const reached = async <T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted === true) throw error
    if (error instanceof TypeError) throw new OfflineError()
    throw error
  }
}

/** Ask: a 401 leads to the sign-in with the way back. */
export async function ask<A extends Action>(action: A, input: Sent<A>, signal?: AbortSignal): Promise<Answer<A>> {
  try {
    return await reached(client(action, input, signal === undefined ? {} : { signal }), signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && action.permission !== 'public') onSignedOut()
    throw error
  }
}

/** Act: a 401 stays on the page, because the page holds what was typed. */
export async function act<A extends Action>(action: A, input: Sent<A>, idempotencyKey?: string): Promise<Answer<A>> {
  return await reached(client(action, input, idempotencyKey === undefined ? {} : { idempotencyKey }))
}

export interface UploadedFile {
  id: string
  name: string
  type: string
  size: number
}

export const fileAddress = (id: string): string => `/api/v1/files/${id}`

export async function uploadFile(file: File): Promise<UploadedFile> {
  const form = new FormData()
  form.set('file', file, file.name)
  const response = await reached(fetch('/api/v1/files', { method: 'POST', body: form, credentials: 'same-origin' }))
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as UploadedFile
  const error = (body as { error?: ApiError['body'] } | null)?.error
  throw new ApiError(response.status, error ?? { code: 'unreachable', message: String(response.status), requestId: '' })
}
