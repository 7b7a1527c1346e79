import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { t } from '../platform/i18n.ts'
import classes from './DataTable.module.css'

import type { Column, Shown } from './columns.ts'

/** A real table; rows out of sight are space. */
export function TableRows<T>({
  label,
  rows,
  rowId,
  columns,
  indexes,
  before,
  after,
  current,
  selected,
  onSelect,
  changed,
  sort,
  onSort,
  onCurrent,
  addressOf,
}: Shown<T>) {
  return (
    <table className={classes['table']} aria-label={label} aria-rowcount={rows.length + 1}>
      <colgroup>
        {onSelect !== undefined && <col style={{ width: 36 }} />}
        {columns.map((column) => (
          <col key={column.id} {...(column.width === 'grow' ? {} : { style: { width: column.width } })} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {onSelect !== undefined && (
            <th scope="col">
              <span className="unseen">{t('table.select')}</span>
            </th>
          )}
          {columns.map((column) => (
            <Head key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
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
                  <Checkbox
                    size="xs"
                    checked={selected?.has(id) === true}
                    aria-label={t('table.selectRow')}
                    onChange={() => undefined}
                    onClick={(event) => onSelect(id, event.shiftKey)}
                  />
                </td>
              )}
              {columns.map((column) => (
                <td key={column.id} data-align={column.align}>
                  {column.main === true && addressOf !== undefined ? (
                    <Link to={addressOf(row)} className={classes['main']} onFocus={() => onCurrent?.(id)}>
                      {column.render(row)}
                    </Link>
                  ) : (
                    column.render(row)
                  )}
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

function Head<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}) {
  const { up, down } = column.sort ?? {}
  const direction =
    sort === undefined ? undefined : sort === up ? 'ascending' : sort === down ? 'descending' : undefined
  const next = direction === 'ascending' ? (down ?? up) : (up ?? down)
  return (
    <th scope="col" data-align={column.align} aria-sort={direction}>
      {next === undefined || onSort === undefined ? (
        column.bare === true ? (
          <span className="unseen">{column.title}</span>
        ) : (
          column.title
        )
      ) : (
        <button type="button" className={classes['sort']} onClick={() => onSort(next)}>
          {column.bare === true ? (
            <>
              <IconFlag size={13} aria-hidden />
              <span className="unseen">{column.title}</span>
            </>
          ) : (
            column.title
          )}
          {direction === 'ascending' && <IconArrowUp size={12} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={12} aria-hidden />}
        </button>
      )}
    </th>
  )
}
