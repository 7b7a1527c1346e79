import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { type TicketRow, tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Choose } from '../ui/Choose.tsx'

/** An open ticket by key: type words or a reference, arrow, enter. `but` is left out. */
export function TicketChoice({
  title,
  but,
  onChoose,
  onClose,
}: {
  title: string
  but: string
  onChoose: (ticket: TicketRow) => void
  onClose: () => void
}) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const found = useAsk(tickets.list, { open: true, limit: 20, ...(asked === '' ? {} : { q: asked }) }, { keep: true })
  const items = (found.data?.items ?? []).filter((one) => one.id !== but)
  return (
    <Choose
      opened
      title={title}
      onSearch={setWords}
      searching={found.isFetching}
      onClose={onClose}
      options={items.map((one) => ({
        id: one.id,
        title: `${one.reference} ${one.title}`,
        detail: [one.requester?.name, one.queue.name, t(`ticket.state.${one.state}`)].filter(Boolean).join(' · '),
      }))}
      onChoose={(id) => {
        const chosen = items.find((one) => one.id === id)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}
