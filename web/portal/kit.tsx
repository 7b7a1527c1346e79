import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { ApiError, OfflineError } from '../platform/client.ts'
import { requestIdOf, sentenceOf } from '../platform/failures.ts'
import { t } from '../platform/i18n.ts'
import { absolute, money, relative } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'

/** A page: heading and document title from the same words. */
export function Sheet({
  title,
  back,
  children,
}: {
  title: string
  back?: { to: string; title: string }
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Linchpin`
  }, [title])
  return (
    <>
      {back !== undefined && (
        <Link to={back.to} className="back">
          <span aria-hidden>‹ </span>
          {back.title}
        </Link>
      )}
      <h1>{title}</h1>
      {children}
    </>
  )
}

function State({ state, title, children }: { state: string; title: string; children?: ReactNode }) {
  return (
    <section className="state" data-state={state}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <State state="empty" title={title}>
    {children}
  </State>
)
const Head = ({ title }: { title: string | undefined }) => (title === undefined ? null : <h1>{title}</h1>)
export const NoPermission = ({ what, title }: { what?: string; title?: string | undefined }) => (
  <>
    <Head title={title} />
    <State state="no-permission" title={t('state.noPermission')}>
      <p>{what ?? t('state.noPermissionHelp')}</p>
    </State>
  </>
)
export const NotFound = () => <Gone title={t('portal.title')} />
const Gone = ({ title }: { title: string | undefined }) => (
  <>
    <Head title={title} />
    <State state="not-found" title={t('state.notFound')}>
      <p>{t('state.notFoundHelp')}</p>
    </State>
  </>
)
export const Loading = () => (
  <p role="status" className="loading">
    {t('state.loading')}
  </p>
)

interface Question<T> {
  data: T | undefined
  error: unknown
  refetch: () => Promise<unknown>
}
/** The states of a question in one place, then the answer. `title`: where nothing else on the page is its heading. */
export function Asked<T>({
  question,
  title,
  children,
}: {
  question: Question<T>
  title?: string
  children: (answer: T) => ReactNode
}) {
  const { data, error } = question
  if (data !== undefined) return children(data)
  if (error === null || error === undefined) return <Loading />
  if (error instanceof ApiError && error.status === 403) return <NoPermission what={error.message} title={title} />
  if (error instanceof ApiError && error.status === 404) return <Gone title={title} />
  const request = requestIdOf(error)
  const isOffline = error instanceof OfflineError
  return (
    <>
      <Head title={title} />
      <State state={isOffline ? 'offline' : 'error'} title={t(isOffline ? 'state.offline' : 'state.error')}>
        <p>{sentenceOf(error)}</p>
        {request !== null && <p className="label">{t('state.request', { request })}</p>}
        <button type="button" onClick={() => void question.refetch()}>
          {t('state.retry')}
        </button>
      </State>
    </>
  )
}

/** A list that comes page by page: its states, nothing, its items and the way to more. `before`: more comes above them. */
export function AskedPages<T>({
  of: pages,
  empty,
  more = t('portal.more'),
  before = false,
  children,
}: {
  of: Omit<Question<unknown>, 'data'> & {
    data: unknown
    items: readonly T[]
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => Promise<unknown>
  }
  empty: ReactNode
  more?: string
  before?: boolean
  children: (items: readonly T[]) => ReactNode
}) {
  const button = pages.hasNextPage && (
    <button type="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {more}
    </button>
  )
  return (
    <Asked question={{ ...pages, data: pages.data === undefined ? undefined : pages.items }}>
      {(items) =>
        items.length === 0 ? (
          empty
        ) : (
          <>
            {before && button}
            {children(items)}
            {!before && button}
          </>
        )
      }
    </Asked>
  )
}

/** Which part of a list is shown. */
export const Views = <V extends 'waiting' | 'decided' | 'open' | 'all'>({
  title,
  views,
  view,
  onChange,
}: {
  title: string
  views: readonly V[]
  view: V
  onChange: (view: V) => void
}) => (
  <div className="views" role="group" aria-label={title}>
    {views.map((one) => (
      <button key={one} type="button" aria-pressed={one === view} onClick={() => onChange(one)}>
        {t(`portal.view.${one}`)}
      </button>
    ))}
  </div>
)

/** What went wrong with an act; what was typed is still there. */
export const Failure = ({ error, id }: { error: unknown; id?: string }) =>
  error === null || error === undefined ? null : (
    <p role="alert" className="failure" id={id}>
      {sentenceOf(error)}
    </p>
  )

/** Something in the background went wrong, and can be tried again. */
export const Unkept = ({ error, again }: { error: unknown; again: () => void }) =>
  error === null || error === undefined ? null : (
    <div data-state="error">
      <Failure error={error} />
      <button type="button" className="small" onClick={again}>
        {t('state.retry')}
      </button>
    </div>
  )

export const fieldMessage = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError ? error.body.fields?.find((field) => field.path === path)?.message : undefined

/** A refusal of answers, as far as they still stand; null where nothing of it is left. */
export function leftWrong(error: unknown, stands: (key: string) => boolean): unknown {
  const fields = error instanceof ApiError ? (error.body.fields ?? []) : []
  if (!(error instanceof ApiError) || fields.length === 0) return error
  const left = fields.filter(({ path }) => !path.startsWith('answers.') || stands(path.slice('answers.'.length)))
  if (left.length === fields.length) return error
  if (left.length === 0) return null
  return new ApiError(error.status, {
    ...error.body,
    fields: left,
    message: left.map((field) => field.message).join(' '),
  })
}

/** A moment in few words, whole for who hovers or listens. */
export function When({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={absolute(at)}>
      {relative(at, now)}
    </time>
  )
}

/** Cost in words: one-off, monthly or both; nothing where it is free. */
export function costWords({
  oneOff,
  monthly,
  currency,
}: {
  oneOff: number
  monthly: number
  currency: string | null
}): string {
  if (currency === null || oneOff + monthly === 0) return ''
  const every = monthly > 0 ? t('portal.monthly', { amount: money(monthly, currency) }) : ''
  return [oneOff > 0 ? money(oneOff, currency) : '', every].filter((one) => one !== '').join(' + ')
}
