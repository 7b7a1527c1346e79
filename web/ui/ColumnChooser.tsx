import { ActionIcon, Checkbox, Popover, Stack, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import type { Column } from './columns.ts'

/** The columns on show, from the address: `columns=reference,title,due`. */
export function columnsShown<T>(all: readonly Column<T>[], chosen: string | undefined): Column<T>[] {
  if (chosen === undefined) return all.filter((column) => column.extra !== true)
  const wanted = new Set(chosen.split(','))
  return all.filter((column) => column.main === true || wanted.has(column.id))
}

export function ColumnChooser<T>({
  all,
  chosen,
  onChoose,
}: {
  all: readonly Column<T>[]
  chosen: string | undefined
  onChoose: (columns: string | undefined) => void
}) {
  const shown = new Set(columnsShown(all, chosen).map((column) => column.id))
  const toggle = (id: string): void => {
    const next = all.filter((column) => (column.id === id ? !shown.has(id) : shown.has(column.id)))
    const usual = all.filter((column) => column.extra !== true)
    const same = next.length === usual.length && next.every((column, index) => column === usual[index])
    onChoose(same ? undefined : next.map((column) => column.id).join(','))
  }
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label={t('table.columns')}>
          <ActionIcon aria-label={t('table.columns')} visibleFrom="sm">
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')}>
        <Stack gap={6}>
          {all.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.title}
              checked={shown.has(column.id)}
              disabled={column.main === true}
              onChange={() => toggle(column.id)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
