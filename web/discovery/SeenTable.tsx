import type { ReactNode } from 'react'
import classes from './Seen.module.css'

/** A small table that scrolls sideways where it must, also by keyboard. `children`: its rows. */
export function SeenTable({
  label,
  columns,
  children,
}: {
  label: string
  columns: readonly { key: string; head: ReactNode }[]
  children: ReactNode
}) {
  return (
    <div className={classes['scroller']} tabIndex={0} role="group" aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map(({ key, head }) => (
              <th key={key} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
