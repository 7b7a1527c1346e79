import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { Action, Answer, Sent } from '../../contract/action.ts'
import { useAsk } from '../platform/query.ts'
import { Choose, type Option } from './Choose.tsx'

interface Props<A extends Action, T> {
  title: string
  action: A
  /** What is asked for these words; they may be empty. */
  input: (words: string) => Sent<A>
  items: (answer: Answer<A>) => readonly T[]
  option: (one: T) => Option
  onChoose: (one: T) => void
  onClose: () => void
}

/** One of what the server finds, by key: type, arrow, enter. */
export function FoundChoice<A extends Action, T extends { id: string }>({
  title,
  action,
  input,
  items,
  option,
  onChoose,
  onClose,
}: Props<A, T>) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const found = useAsk(action, input(asked), { keep: true })
  const all = found.data === undefined ? [] : items(found.data)
  return (
    <Choose
      opened
      title={title}
      onSearch={setWords}
      searching={found.isFetching}
      onClose={onClose}
      options={all.map(option)}
      onChoose={(id) => {
        const chosen = all.find((one) => one.id === id)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}
