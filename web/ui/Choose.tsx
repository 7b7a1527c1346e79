import { Modal, TextInput } from '@mantine/core'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import classes from './Choose.module.css'

export interface Option {
  id: string
  title: string
  detail?: string | undefined
  icon?: ReactNode
  hint?: string | undefined
  current?: boolean
  /** Why it cannot be chosen now. */
  refusal?: string | null
  group?: string
}

interface Props {
  opened: boolean
  title: string
  options: readonly Option[]
  onChoose: (id: string) => void
  onClose: () => void
  /** The server searches; without it the options are filtered here. */
  onSearch?: (words: string) => void
  searching?: boolean
  placeholder?: string
}

/** One list for every choice made by key: assign, state, priority, the palette. Type, arrow, enter. */
export function Choose({ opened, title, options, onChoose, onClose, onSearch, searching = false, placeholder }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      size="md"
      aria-label={title}
      returnFocus
    >
      <Chooser
        title={title}
        options={options}
        onChoose={onChoose}
        searching={searching}
        {...(onSearch === undefined ? {} : { onSearch })}
        placeholder={placeholder ?? title}
      />
    </Modal>
  )
}

function Chooser({ title, options, onChoose, onSearch, searching, placeholder }: Omit<Props, 'opened' | 'onClose'>) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase()
    return onSearch !== undefined || wanted === ''
      ? options
      : options.filter((o) => `${o.title} ${o.detail ?? ''}`.toLowerCase().includes(wanted))
  }, [options, words, onSearch])
  const present = Math.min(at, Math.max(0, shown.length - 1))
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [present])

  const choose = (option: Option | undefined): void => {
    if (option !== undefined && (option.refusal ?? null) === null) onChoose(option.id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((present + step + shown.length) % Math.max(1, shown.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(shown[present])
    }
  }
  return (
    <div>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        className={classes['search']}
        leftSection={<IconSearch size={16} aria-hidden />}
        aria-label={title}
        placeholder={placeholder}
        value={words}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown[present] === undefined ? undefined : `${listId}-${present}`}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
          onSearch?.(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={listId} role="listbox" aria-label={title} className={classes['list']} tabIndex={-1}>
        {shown.map((option, index) => {
          const refused = (option.refusal ?? null) !== null
          const heading = option.group !== undefined && option.group !== shown[index - 1]?.group ? option.group : null
          return (
            <div key={option.id} role="presentation">
              {heading !== null && (
                <div className={classes['group']} role="presentation">
                  {heading}
                </div>
              )}
              <div
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === present}
                aria-disabled={refused}
                className={classes['option']}
                onPointerMove={() => setAt(index)}
                onClick={() => choose(option)}
              >
                {option.icon}
                <span className={classes['title']}>{option.title}</span>
                {(refused ? option.refusal : option.detail) !== undefined && (
                  <span className={classes['detail']}>{refused ? option.refusal : option.detail}</span>
                )}
                {option.current === true && <IconCheck size={14} aria-label={t('choose.current')} />}
                {option.hint !== undefined && <kbd>{option.hint}</kbd>}
              </div>
            </div>
          )
        })}
      </div>
      {shown.length === 0 && (
        <p className={classes['nothing']}>{searching === true ? t('state.loading') : t('choose.nothing')}</p>
      )}
    </div>
  )
}
