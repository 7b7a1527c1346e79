import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../platform/i18n.ts'

/** Words that narrow the list of this page; `/` comes here, escape leaves. What is typed runs ahead of the address. */
export function SearchField({
  id,
  words,
  onSearch,
  className,
}: {
  id: string
  words: string
  onSearch: (words: string) => void
  className?: string | undefined
}) {
  const [held, hold] = useState({ asked: words, sent: words, typed: words })
  if (held.asked !== words) hold({ asked: words, sent: words, typed: held.sent === words ? held.typed : words })
  const send = useDebouncedCallback((typed: string) => {
    hold((before) => ({ ...before, sent: typed }))
    onSearch(typed)
  }, 220)
  return (
    <TextInput
      id={id}
      size="xs"
      className={className ?? ''}
      aria-label={t('keys.search')}
      placeholder={t('keys.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={held.typed === '' ? <kbd>/</kbd> : null}
      value={held.typed}
      onChange={(event) => {
        const typed = event.currentTarget.value
        hold((before) => ({ ...before, typed }))
        send(typed)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
