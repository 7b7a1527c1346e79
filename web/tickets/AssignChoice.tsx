import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { people } from '../../contract/people.ts'
import { queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay, useMe } from '../platform/session.ts'
import { Choose, type Option } from '../ui/Choose.tsx'
import { Initials } from '../ui/Initials.tsx'
import type { Acted } from './acted.ts'

interface Props {
  on: readonly Acted[]
  onChoose: (to: { assignee?: string | null; queue?: string }, name: string) => void
  onClose: () => void
}

const loadOf = ({ open, late }: { open: number; late: number }): string =>
  late > 0 ? t('assign.loadLate', { open, late }) : t('assign.load', { open })

/** To whom: those who serve the queue with what they already carry, first who has the skills that the category needs, then nobody, other queues, and anybody by name. */
export function AssignChoice({ on, onChoose, onClose }: Props) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const me = useMe()
  const queue = on.every((ticket) => ticket.queue?.id === on[0]?.queue?.id) ? on[0]?.queue?.id : undefined
  const category = on.every((ticket) => ticket.category?.id === on[0]?.category?.id) ? on[0]?.category?.id : undefined
  const serving = useAsk(
    queues.assignees,
    { id: queue ?? '', ...(category === undefined ? {} : { category }) },
    { enabled: queue !== undefined },
  )
  const needs = (serving.data?.needs ?? []).map(({ name }) => name).join(', ')
  const allQueues = useAsk(queues.list, { active: true })
  const mayRead = useMay('people.read')
  const found = useAsk(
    people.list,
    { q: asked, active: true, limit: 8 },
    { enabled: mayRead && asked.length > 1, keep: true },
  )
  const wanted = words.trim().toLowerCase()
  const fits = (option: Option): boolean => wanted === '' || option.title.toLowerCase().includes(wanted)
  const present = on.length === 1 ? on[0]?.assignee?.id : undefined

  const members: Option[] = (serving.data?.items ?? []).map((person) => ({
    id: `person:${person.id}`,
    title: person.name,
    icon: <Initials name={person.name} />,
    group: t('assign.serving'),
    current: person.id === present,
    detail:
      needs !== '' && person.skilled ? t('assign.skilled', { skills: needs, load: loadOf(person) }) : loadOf(person),
  }))
  const mine: Option[] =
    me?.person == null || members.some((m) => m.id === `person:${me.person?.id}`)
      ? []
      : [
          {
            id: `person:${me.person.id}`,
            title: me.person.name,
            icon: <Initials name={me.person.name} />,
            detail: t('assign.you'),
            group: t('assign.serving'),
          },
        ]
  const others: Option[] =
    asked.length > 1
      ? (found.data?.items ?? [])
          .filter((p) => p.role !== null && p.role !== 'requester' && !members.some((m) => m.id === `person:${p.id}`))
          .map((p) => ({
            id: `person:${p.id}`,
            title: p.name,
            icon: <Initials name={p.name} />,
            detail: p.department ?? undefined,
            group: t('assign.others'),
          }))
      : []
  const elsewhere: Option[] = [
    {
      id: 'nobody',
      title: t('assign.nobody'),
      group: t('assign.elsewhere'),
      current: present === undefined && on.length === 1 && on[0]?.assignee === null,
    },
    ...(allQueues.data?.items ?? [])
      .filter((q) => q.id !== queue)
      .map((q) => ({ id: `queue:${q.id}`, title: t('assign.queue', { name: q.name }), group: t('assign.elsewhere') })),
  ]
  const options = [...[...members, ...mine].filter(fits), ...others, ...elsewhere.filter(fits)]
  const choose = (id: string): void => {
    const [kind, value] = id.split(':')
    const title = options.find((option) => option.id === id)?.title ?? ''
    if (kind === 'nobody') onChoose({ assignee: null }, t('assign.nobody'))
    else if (kind === 'queue') onChoose({ queue: value ?? '', assignee: null }, title)
    else onChoose({ assignee: value ?? null }, title)
  }
  return (
    <Choose
      opened
      title={t('assign.title')}
      options={options}
      onChoose={choose}
      onClose={onClose}
      onSearch={setWords}
      searching={serving.isLoading || found.isFetching}
    />
  )
}
