import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import pageClasses from './TicketPage.module.css'

interface Props<T> {
  title: string
  asked: { data: { items: readonly T[] } | undefined; error: unknown; refetch: () => unknown }
  /** The way to add one, for who may: the words of its button, and what is opened below the list. */
  add: { words: string; form: (close: () => void) => ReactNode } | null
  children: (items: readonly T[]) => ReactNode
}

/** A list beside a ticket that may be added to. Left out where there is nothing, and nothing that the reader may add. */
export function SideSection<T>({ title, asked, add, children }: Props<T>) {
  const [adding, open] = useState(false)
  const items = asked.data?.items
  if (add === null && (items === undefined ? asked.error === null : items.length === 0)) return null
  return (
    <section className={pageClasses['section']}>
      <h2>
        {title}
        {add !== null && !adding && (
          <Button size="compact-xs" variant="subtle" onClick={() => open(true)}>
            {add.words}
          </Button>
        )}
      </h2>
      {items !== undefined ? (
        children(items)
      ) : asked.error === null ? (
        <Loading rows={1} />
      ) : (
        <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {adding && add?.form(() => open(false))}
    </section>
  )
}
