import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'

interface Rows<T> {
  rows: readonly T[]
  rowId: (row: T) => string
  current: string | null
  onCurrent?: (id: string) => void
  onOpen?: (row: T) => void
  onPeek?: (row: T) => void
  onSelect?: (id: string, range: boolean) => void
  toRow: (index: number) => void
}

/** The keys every list has. */
export function useRowKeys<T>({ rows, rowId, current, onCurrent, onOpen, onPeek, onSelect, toRow }: Rows<T>): void {
  const at = rows.findIndex((row) => rowId(row) === current)
  const present = rows[at]
  const move = (index: number): void => {
    const row = rows[index]
    if (row === undefined) return
    onCurrent?.(rowId(row))
    toRow(index)
  }
  const still = onCurrent === undefined
  useKeys(t('keys.list'), [
    { keys: 'j|arrowdown', label: t('keys.next'), run: () => move(Math.min(at + 1, rows.length - 1)), off: still },
    { keys: 'k|arrowup', label: t('keys.previous'), run: () => move(Math.max(at - 1, 0)), off: still },
    {
      keys: 'enter',
      label: t('keys.open'),
      run: () => present !== undefined && onOpen?.(present),
      off: onOpen === undefined,
    },
    {
      keys: 'space',
      label: t('keys.peek'),
      run: () => present !== undefined && onPeek?.(present),
      off: onPeek === undefined,
    },
    {
      keys: 'x',
      label: t('keys.select'),
      run: () => present !== undefined && onSelect?.(rowId(present), false),
      off: onSelect === undefined,
    },
  ])
}
