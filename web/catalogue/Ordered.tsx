import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import classes from './Catalogue.module.css'

interface Props<T> {
  items: readonly T[]
  onChange: (items: T[]) => void
  /** Says which is meant, for who cannot see it. */
  nameOf: (item: T) => string
  children: (item: T, set: (item: T) => void, at: number) => ReactNode
}

/** A list whose order matters: dragged by its grip, or moved with the arrows beside it. */
export function Ordered<T>({ items, onChange, nameOf, children }: Props<T>) {
  const [dragged, drag] = useState<number | null>(null)
  const [over, hover] = useState<number | null>(null)
  const move = (from: number, to: number): void => {
    const next = [...items]
    const [one] = next.splice(from, 1)
    next.splice(to, 0, one!)
    onChange(next)
  }
  const list = useRef<HTMLOListElement>(null)
  /** Moved with an arrow: the focus goes with it, at an end to the other arrow. */
  const step = (from: number, by: -1 | 1): void => {
    const to = from + by
    move(from, to)
    const isAtEnd = to === (by < 0 ? 0 : items.length - 1)
    const arrow = by < 0 === isAtEnd ? 'down' : 'up'
    setTimeout(() =>
      list.current?.children[to]?.querySelector<HTMLElement>(`:scope > div > [data-arrow="${arrow}"]`)?.focus(),
    )
  }
  return (
    <ol ref={list} className={classes['ordered']}>
      {items.map((item, at) => (
        <li
          // oxlint-disable-next-line react/no-array-index-key -- what is edited has no identity but its place
          key={at}
          data-over={over === at && dragged !== at}
          onDragOver={(event) => {
            if (dragged === null) return
            event.preventDefault()
            hover(at)
          }}
          onDrop={(event) => {
            event.preventDefault()
            if (dragged !== null && dragged !== at) move(dragged, at)
            drag(null)
            hover(null)
          }}
        >
          <div className={classes['handles']}>
            <span
              draggable
              className={classes['grip']}
              aria-hidden
              onDragStart={() => drag(at)}
              onDragEnd={() => {
                drag(null)
                hover(null)
              }}
            >
              <IconGripVertical size={16} />
            </span>
            <ActionIcon
              size={24}
              disabled={at === 0}
              aria-label={t('catalogueSetup.up', { name: nameOf(item) })}
              data-arrow="up"
              onClick={() => step(at, -1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              size={24}
              disabled={at === items.length - 1}
              aria-label={t('catalogueSetup.down', { name: nameOf(item) })}
              data-arrow="down"
              onClick={() => step(at, 1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              size={24}
              aria-label={t('catalogueSetup.remove', { name: nameOf(item) })}
              onClick={() => onChange(items.filter((_, other) => other !== at))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          <div className={classes['body']}>
            {children(item, (next) => onChange(items.map((one, other) => (other === at ? next : one))), at)}
          </div>
        </li>
      ))}
    </ol>
  )
}
