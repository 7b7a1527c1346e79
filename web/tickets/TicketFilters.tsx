import { Select } from '@mantine/core'
import { useState } from 'react'
import { categories, type Queue } from '../../contract/queues.ts'
import { ticketStates, type TicketRow } from '../../contract/tickets.ts'
import type { AddressFields } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { ColumnChooser } from '../ui/ColumnChooser.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import type { Column } from '../ui/columns.ts'
import classes from '../ui/FilteredList.module.css'
import { filtersOn } from './views.ts'
import { kindWord, priorityWord, stateWord } from './words.tsx'
import { FilterChip, MoreFilters } from '../ui/FilterParts.tsx'

interface Props {
  address: AddressFields
  change: (fields: AddressFields) => void
  columns: Column<TicketRow>[]
  queues: Queue[]
}

/** Search and filters, all in the address; each one on is a chip that drops it. */
export function TicketFilters({ address, change, columns, queues }: Props) {
  const [opened, open] = useState(false)
  const tree = useAsk(categories.list, {}, { enabled: opened || address['category'] !== undefined })
  const on = filtersOn(address).filter((field) => field !== 'q' && field !== 'queue')
  const shownAs: Record<string, (value: string) => string> = {
    state: (value) =>
      value
        .split(',')
        .map((s) => stateWord(s as TicketRow['state']))
        .join(', '),
    priority: (value) =>
      value
        .split(',')
        .map((p) => priorityWord(Number(p)))
        .join(', '),
    kind: (value) => kindWord(value as TicketRow['kind']),
    category: (value) => tree.data?.items.find((c) => c.id === value)?.path ?? '…',
    assignee: (value) =>
      value === 'me' ? t('filter.me') : value === 'none' ? t('ticket.unowned') : t('filter.onePerson'),
    requester: (value) => (value === 'me' ? t('filter.me') : t('filter.onePerson')),
  }
  const clearable = { clearable: true, size: 'xs', comboboxProps: { withinPortal: false } } as const
  return (
    <div className={classes['filters']} role="search">
      <SearchField
        id="queue-search"
        className={classes['search']}
        words={address['q'] ?? ''}
        onSearch={(q) => change({ q: q === '' ? undefined : q })}
      />
      <Select
        size="xs"
        w={190}
        aria-label={t('filter.queue')}
        placeholder={t('filter.allQueues')}
        clearable
        searchable
        value={address['queue'] ?? null}
        data={[
          { value: 'mine', label: t('filter.myQueues') },
          ...queues.map((q) => ({ value: q.id, label: `${q.name} (${count(q.open, q.openCapped)})` })),
        ]}
        onChange={(queue) => change({ queue: queue ?? undefined })}
        clearButtonProps={{ 'aria-label': t('filter.allQueues') }}
      />
      <MoreFilters onOpen={open}>
        <Select
          {...clearable}
          label={t('column.state')}
          data={ticketStates.map((s) => ({ value: s, label: stateWord(s) }))}
          value={address['state'] ?? null}
          onChange={(state) => change({ state: state ?? undefined })}
        />
        <Select
          {...clearable}
          label={t('column.priority')}
          data={[1, 2, 3, 4, 5].map((p) => ({ value: String(p), label: priorityWord(p) }))}
          value={address['priority'] ?? null}
          onChange={(priority) => change({ priority: priority ?? undefined })}
        />
        <Select
          {...clearable}
          label={t('column.kind')}
          data={(['incident', 'request'] as const).map((k) => ({ value: k, label: kindWord(k) }))}
          value={address['kind'] ?? null}
          onChange={(kind) => change({ kind: kind ?? undefined })}
        />
        <Select
          {...clearable}
          searchable
          limit={50}
          label={t('column.category')}
          data={(tree.data?.items ?? []).map((c) => ({ value: c.id, label: c.path }))}
          value={address['category'] ?? null}
          onChange={(category) => change({ category: category ?? undefined })}
        />
      </MoreFilters>
      {on.map((field) => (
        <FilterChip
          key={field}
          name={t(`column.${field}`)}
          value={shownAs[field]?.(address[field] ?? '') ?? address[field] ?? ''}
          onDrop={() => change({ [field]: undefined })}
        />
      ))}
      <span className={classes['end']}>
        <ColumnChooser all={columns} chosen={address['columns']} onChoose={(chosen) => change({ columns: chosen })} />
      </span>
    </div>
  )
}
