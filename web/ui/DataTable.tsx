import { Checkbox } from '@mantine/core'
import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import { t } from '../platform/i18n.ts'
import classes from './DataTable.module.css'
import { useRowKeys } from './rowKeys.ts'

export interface Column<T> {
  id: string
  title: string
  /** Pixels, or `grow` for the one that takes what is left. */
  width: number | 'grow'
  render: (row: T) => ReactNode
  align?: 'right'
  /** The values of the address's `sort` for both directions; one of them may be missing. */
  sort?: { up?: string; down?: string }
  /** Not shown until chosen. */
  extra?: boolean
  /** Holds the link to the record. */
  main?: boolean
  /** The title is for screen readers only: the column is too narrow for it. */
  bare?: boolean
  /** Where the table is narrow, light columns go first. */
  weight?: number
}

interface Props<T> {
  label: string
  rows: readonly T[]
  rowId: (row: T) => string
  columns: readonly Column<T>[]
  addressOf?: (row: T) => string
  onOpen?: (row: T) => void
  onPeek?: (row: T) => void
  current?: string | null
  onCurrent?: (id: string) => void
  selected?: ReadonlySet<string>
  onSelect?: (id: string, range: boolean) => void
  changed?: ReadonlyMap<string, unknown>
  sort?: string
  onSort?: (sort: string) => void
  onEnd?: () => void
  more?: boolean
}

/** What the main column keeps before others have to go. */
const leastMain = 260

/** The columns that fit, at least the main one. */
function fitting<T>(columns: readonly Column<T>[], width: number): readonly Column<T>[] {
  const shown = [...columns]
  const needed = (): number => shown.reduce((sum, column) => sum + (column.width === 'grow' ? leastMain : column.width), 0)
  while (needed() > width) {
    const lightest = shown.filter((column) => column.main !== true && column.width !== 'grow').sort((a, b) => (a.weight ?? 1) - (b.weight ?? 1))[0]
    if (lightest === undefined) break
    shown.splice(shown.indexOf(lightest), 1)
  }
  return shown
}

const rowHeight = 32
const cardHeight = 84

/** One table for all lists: virtual rows, keys, sort from the address; at phone width the same fields as cards. */
export function DataTable<T>(props: Props<T>) {
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768, { getInitialValueInEffect: false })
  const { rows, rowId, current = null, onEnd, more = false } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize<HTMLDivElement>()
  const holds = useMergedRef(scroller, measured)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? cardHeight : rowHeight),
    overscan: 12,
    getItemKey: (index) => rowId(rows[index] as T),
    scrollPaddingStart: narrow ? 0 : rowHeight,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= rows.length - 15) onEnd?.()
  }, [last, rows.length, more, onEnd])

  const toRow = (index: number): void => {
    virtual.scrollToIndex(index, { align: 'auto' })
    const id = rowId(rows[index] as T)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a, [data-row="${CSS.escape(id)}"] button`)?.focus({ preventScroll: true }))
  }
  useRowKeys({ ...props, current, toRow })

  const first = useRef(true)
  useEffect(() => {
    if (!first.current || current === null || rows.length === 0) return
    first.current = false
    const index = rows.findIndex((row) => rowId(row) === current)
    if (index > 0) virtual.scrollToIndex(index, { align: 'center' })
  }, [rows, current, rowId, virtual])

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const columns = narrow || width === 0 ? props.columns : fitting(props.columns, width - (props.onSelect === undefined ? 0 : 36))
  const common = { ...props, columns, current, indexes: items.map((item) => item.index), before, after }
  return (
    <div ref={holds} className={classes['scroller']} tabIndex={0} role="region" aria-label={props.label}>
      {narrow ? <Cards {...common} measure={virtual.measureElement} /> : <Rows {...common} />}
    </div>
  )
}

type Shown<T> = Props<T> & { indexes: number[]; before: number; after: number; current: string | null }

function Rows<T>({ label, rows, rowId, columns, indexes, before, after, current, selected, onSelect, changed, sort, onSort, onCurrent, addressOf }: Shown<T>) {
  return (
    <table className={classes['table']} aria-label={label} aria-rowcount={rows.length + 1}>
      <colgroup>
        {onSelect !== undefined && <col style={{ width: 36 }} />}
        {columns.map((column) => <col key={column.id} {...(column.width === 'grow' ? {} : { style: { width: column.width } })} />)}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {onSelect !== undefined && <th scope="col"><span className="unseen">{t('table.select')}</span></th>}
          {columns.map((column) => <Head key={column.id} column={column} sort={sort} onSort={onSort} />)}
        </tr>
      </thead>
      <tbody>
        {before > 0 && <tr aria-hidden style={{ height: before }} />}
        {indexes.map((index) => {
          const row = rows[index]
          if (row === undefined) return null
          const id = rowId(row)
          return (
            <tr
              key={id}
              data-row={id}
              aria-rowindex={index + 2}
              className={classes['row']}
              data-current={id === current}
              data-selected={selected?.has(id) === true}
              data-changed={changed?.has(id) === true}
              onClick={() => onCurrent?.(id)}
            >
              {onSelect !== undefined && (
                <td className={classes['check']}>
                  <Checkbox size="xs" checked={selected?.has(id) === true} aria-label={t('table.selectRow')} onChange={() => undefined} onClick={(event) => onSelect(id, event.shiftKey)} />
                </td>
              )}
              {columns.map((column) => (
                <td key={column.id} data-align={column.align}>
                  {column.main === true && addressOf !== undefined ? <Link to={addressOf(row)} className={classes['main']} onFocus={() => onCurrent?.(id)}>{column.render(row)}</Link> : column.render(row)}
                </td>
              ))}
            </tr>
          )
        })}
        {after > 0 && <tr aria-hidden style={{ height: after }} />}
      </tbody>
    </table>
  )
}

function Head<T>({ column, sort, onSort }: { column: Column<T>; sort: string | undefined; onSort: ((sort: string) => void) | undefined }) {
  const { up, down } = column.sort ?? {}
  const direction = sort === undefined ? undefined : sort === up ? 'ascending' : sort === down ? 'descending' : undefined
  const next = direction === 'ascending' ? (down ?? up) : (up ?? down)
  return (
    <th scope="col" data-align={column.align} aria-sort={direction}>
      {next === undefined || onSort === undefined ? (column.bare === true ? <span className="unseen">{column.title}</span> : column.title) : (
        <button type="button" className={classes['sort']} onClick={() => onSort(next)}>
          {column.bare === true ? <><IconFlag size={13} aria-hidden /><span className="unseen">{column.title}</span></> : column.title}
          {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
        </button>
      )}
    </th>
  )
}

function Cards<T>({ label, rows, rowId, columns, indexes, before, after, current, changed, addressOf, onCurrent, measure }: Shown<T> & { measure: (node: Element | null) => void }) {
  const main = columns.find((column) => column.main === true) ?? columns[0]
  const others = columns.filter((column) => column !== main)
  return (
    <ul className={classes['cards']} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
      {indexes.map((index) => {
        const row = rows[index]
        if (row === undefined || main === undefined) return null
        const id = rowId(row)
        return (
          <li key={id} ref={measure} data-index={index} data-row={id} className={classes['card']} data-current={id === current} data-changed={changed?.has(id) === true}>
            <div className={classes['cardMain']}>
              {addressOf === undefined ? main.render(row) : <Link to={addressOf(row)} className={classes['main']} onFocus={() => onCurrent?.(id)}>{main.render(row)}</Link>}
            </div>
            <div className={classes['cardFields']}>
              {others.map((column) => <span key={column.id} className={classes['cardField']}><span className="unseen">{column.title}: </span>{column.render(row)}</span>)}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
