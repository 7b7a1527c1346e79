import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { assets } from '../../contract/assets.ts'
import { services } from '../../contract/relations.ts'
import { itemTasks, ticketItems, type TicketItem } from '../../contract/ticket-items.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { locationInput, moneyInput } from '../assets/form-fields.tsx'
import { HolderFields } from '../custody/HolderFields.tsx'
import { LocationField } from '../locations/LocationField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'

interface Props {
  ticket: Ticket
  item: TicketItem | null
  onClose: () => void
}
const isAsset = (values: Values): boolean => values['kind'] === 'asset'
const hasTask = (values: Values, ...tasks: string[]): boolean =>
  isAsset(values) && tasks.includes(String(values['task']))

/** Links something to a ticket, or changes what the ticket does with an asset. */
export function ItemDialog({ ticket, item, onClose }: Props) {
  const link = useAct(ticketItems.link, { onDone: onClose })
  const change = useAct(ticketItems.change, { onDone: onClose })
  const act = item === null ? link : change
  const handles = useMay('assets.work')
  // what was carried out stays; what it cost is still said
  const isDone = item !== null && item.refusals['plan'] !== null
  const which: FormField[] = [
    {
      name: 'kind',
      label: t('ticketItems.kind'),
      type: 'choose',
      required: true,
      options: (['asset', 'service', 'location'] as const).map((value) => ({
        value,
        label: t(`ticketItems.kind.${value}`),
      })),
    },
    {
      name: 'item',
      label: t('ticketItems.which'),
      required: true,
      type: 'own',
      render: ({ value, set, error, values }) => (
        <ThingField
          key={String(values['kind'])}
          kind={String(values['kind'])}
          requester={ticket.requester?.id ?? null}
          value={(value as string | null | undefined) ?? null}
          onChange={set}
          error={error}
        />
      ),
    },
  ]
  const plan: FormField[] = [
    {
      name: 'task',
      label: t('ticketItems.task'),
      help: t('ticketItems.taskHelp'),
      type: 'choose',
      required: true,
      options: itemTasks
        .filter((task) => handles || task === 'affected')
        .map((value) => ({ value, label: t(`ticketItems.task.${value}`) })),
      off: (values) => !isAsset(values),
    },
    {
      name: 'to',
      label: t('ticketItems.to'),
      type: 'own',
      wide: true,
      off: (values) => !hasTask(values, 'deploy'),
      render: ({ set, error }) => (
        <>
          <p className="label" style={{ margin: '0 0 4px' }}>
            {t('ticketItems.toHelp', { name: item?.to?.name ?? ticket.requester?.name ?? t('ticketItems.nobody') })}
          </p>
          <HolderFields onChange={set} error={error} required={false} />
        </>
      ),
    },
    {
      name: 'dueBackOn',
      label: t('desk.expected'),
      help: t('desk.backHelp'),
      type: 'day',
      off: (values) => !hasTask(values, 'deploy'),
    },
    {
      name: 'warrantyUntil',
      label: t('ticketItems.warranty'),
      help: t('ticketItems.warrantyHelp'),
      type: 'day',
      off: (values) => !hasTask(values, 'deploy'),
    },
    {
      ...locationInput(t('ticketItems.placeHelp')),
      name: 'place',
      off: (values) => !hasTask(values, 'take_back', 'repair'),
    },
  ]
  const cost: FormField = { ...moneyInput('cost', t('ticketItems.cost')), off: (values) => !isAsset(values) }
  const submit = (values: Values, version: number | undefined): void => {
    const { kind, item: thing, to, ...rest } = values
    const planned = { ...rest, ...(to === undefined || to === null ? {} : { to }) }
    if (item === null) link.mutate({ id: ticket.id, kind, item: thing, ...planned } as never)
    else change.mutate({ id: ticket.id, link: item.id, version, ...planned } as never)
  }
  return (
    <RecordForm
      title={item === null ? t('ticketItems.link') : t('ticketItems.edit', { what: item.item.reference })}
      verb={item === null ? t('ticketItems.link') : t('save')}
      fields={item === null ? [...which, ...plan, cost] : isDone ? [cost] : [...plan, cost]}
      start={
        item === null
          ? { kind: 'asset', task: 'affected' }
          : {
              kind: item.kind,
              task: item.task,
              dueBackOn: item.dueBackOn,
              warrantyUntil: item.warrantyUntil,
              place: item.place?.id ?? null,
              cost: item.cost,
            }
      }
      version={item?.version}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

/** A device found by its words, those of the requester first; a service; a place. */
function ThingField({
  kind,
  requester,
  value,
  onChange,
  error,
}: {
  kind: string
  requester: string | null
  value: string | null
  onChange: (id: string | null) => void
  error: string | undefined
}) {
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 200)
  const theirs = useAsk(
    assets.list,
    { holder: requester ?? 'none', limit: 50 },
    { enabled: kind === 'asset' && requester !== null },
  )
  const found = useAsk(
    assets.list,
    { ...(q === '' ? {} : { q }), limit: 20 },
    { enabled: kind === 'asset', keep: true },
  )
  const known = useAsk(services.list, { active: true }, { enabled: kind === 'service' })
  if (kind === 'location')
    return <LocationField label={t('ticketItems.which')} required value={value} onChange={onChange} error={error} />
  const label = (row: { tag: string; name: string; model: { name: string } | null }): string =>
    [row.tag, row.name || row.model?.name].filter(Boolean).join(' ')
  const own = (theirs.data?.items ?? []).filter((row) => label(row).toLowerCase().includes(q.toLowerCase()))
  const others = (found.data?.items ?? []).filter((row) => !own.some((one) => one.id === row.id))
  const data =
    kind === 'service'
      ? (known.data?.items ?? []).map((row) => ({ value: row.id, label: row.name }))
      : [
          { group: t('ticketItems.theirs'), items: own.map((row) => ({ value: row.id, label: label(row) })) },
          { group: t('ticketItems.others'), items: others.map((row) => ({ value: row.id, label: label(row) })) },
        ].filter((group) => group.items.length > 0)
  return (
    <Select
      label={t('ticketItems.which')}
      required
      searchable
      data={data}
      {...(kind === 'asset' ? { filter: ({ options }) => options } : {})}
      value={value}
      error={error}
      onSearchChange={setWords}
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('choose.nothing')}
      onChange={onChange}
    />
  )
}
