import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { people } from '../../contract/people.ts'
import { useAsk } from '../platform/query.ts'
import { Choose } from '../ui/Choose.tsx'
import { Initials } from '../ui/Initials.tsx'

/** A person by key: type, arrow, enter. */
export function PersonChoice({
  title,
  onChoose,
  onClose,
}: {
  title: string
  onChoose: (id: string, name: string) => void
  onClose: () => void
}) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const found = useAsk(people.list, { ...(asked === '' ? {} : { q: asked }), active: true, limit: 20 }, { keep: true })
  const items = found.data?.items ?? []
  return (
    <Choose
      opened
      title={title}
      onSearch={setWords}
      searching={found.isFetching}
      onClose={onClose}
      options={items.map((person) => ({
        id: person.id,
        title: person.name,
        detail: person.department ?? person.email ?? undefined,
        icon: <Initials name={person.name} />,
      }))}
      onChoose={(id) => onChoose(id, items.find((person) => person.id === id)?.name ?? '')}
    />
  )
}
