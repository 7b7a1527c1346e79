import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import classes from './DataTable.module.css'
import { useRowKeys } from './rowKeys.ts'

import { fitting, type TableProps } from './columns.ts'
import { TableCards } from './TableCards.tsx'
import { TableRows } from './TableRows.tsx'

const rowHeight = 32
const cardHeight = 84

/** One table for all lists: virtual rows, keys, sort from the address; at phone width the same fields as cards. */
export function DataTable<T>(props: TableProps<T>) {
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
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a, [data-row="${CSS.escape(id)}"] button`)
        ?.focus({ preventScroll: true }),
    )
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
  const columns =
    narrow || width === 0 ? props.columns : fitting(props.columns, width - (props.onSelect === undefined ? 0 : 36))
  const common = { ...props, columns, current, indexes: items.map((item) => item.index), before, after }
  return (
    <div ref={holds} className={classes['scroller']} tabIndex={0} role="region" aria-label={props.label}>
      {narrow ? <TableCards {...common} measure={virtual.measureElement} /> : <TableRows {...common} />}
    </div>
  )
}
