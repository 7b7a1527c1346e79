import { Button, Popover, Stack } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { t } from '../platform/i18n.ts'
import classes from './FilteredList.module.css'

/** Filters that are seldom wanted, behind a button. `children` hear whether they are asked for. */
export function MoreFilters({ children, onOpen }: { children: ReactNode; onOpen: (opened: boolean) => void }) {
  const [opened, open] = useState(false)
  const turn = (to: boolean): void => {
    open(to)
    onOpen(to)
  }
  return (
    <Popover opened={opened} onChange={turn} position="bottom-start" trapFocus width={280}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilter size={14} />}
          onClick={() => turn(!opened)}
          aria-expanded={opened}
        >
          {t('filter.more')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.more')} style={{ maxHeight: '70vh', overflowY: 'auto' }}>
        <Stack gap={8}>{children}</Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** A filter that is on; pressing it drops it. */
export function FilterChip({ name, value, onDrop }: { name: string; value: string; onDrop: () => void }) {
  return (
    <button type="button" className={classes['chip']} onClick={onDrop} aria-label={t('filter.drop', { what: name })}>
      {name}: {value} <IconX size={12} aria-hidden />
    </button>
  )
}
