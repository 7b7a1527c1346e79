import type { ReactNode } from 'react'
import { ErrorView, Loading } from './StateViews.tsx'

interface Question<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => Promise<unknown>
}

/** The states of a question in one place: loading, error (with no permission and not found among them), then the answer. */
export function Asked<T>({
  question,
  loading,
  children,
}: {
  question: Question<T>
  loading?: ReactNode
  children: (answer: T) => ReactNode
}) {
  if (question.data !== undefined) return children(question.data)
  if (question.error !== null && question.error !== undefined)
    return <ErrorView error={question.error} onRetry={() => void question.refetch()} />
  return loading ?? <Loading />
}
