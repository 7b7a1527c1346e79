import { Link } from '@tanstack/react-router'
import classes from './DataTable.module.css'

import type { Shown } from './columns.ts'

/** The same fields as cards, for a phone. */
export function TableCards<T>({
  label,
  rows,
  rowId,
  columns,
  indexes,
  before,
  after,
  current,
  changed,
  addressOf,
  onCurrent,
  measure,
}: Shown<T> & { measure: (node: Element | null) => void }) {
  const main = columns.find((column) => column.main === true) ?? columns[0]
  const others = columns.filter((column) => column !== main)
  return (
    <ul className={classes['cards']} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
      {indexes.map((index) => {
        const row = rows[index]
        if (row === undefined || main === undefined) return null
        const id = rowId(row)
        return (
          <li
            key={id}
            ref={measure}
            data-index={index}
            data-row={id}
            className={classes['card']}
            data-current={id === current}
            data-changed={changed?.has(id) === true}
          >
            <div className={classes['cardMain']}>
              {addressOf === undefined ? (
                main.render(row)
              ) : (
                <Link to={addressOf(row)} className={classes['main']} onFocus={() => onCurrent?.(id)}>
                  {main.render(row)}
                </Link>
              )}
            </div>
            <div className={classes['cardFields']}>
              {others.map((column) => (
                <span key={column.id} className={classes['cardField']}>
                  {/* a figure alone says nothing */}
                  <span className={column.align === 'right' ? classes['figureOf'] : 'unseen'}>{column.title}: </span>
                  {column.render(row)}
                </span>
              ))}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
