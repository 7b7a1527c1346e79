import { Button, Group, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer, Sent } from '../../contract/action.ts'
import { serviceLevels, type Conditions } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './ServiceLevels.module.css'

/** Which tickets of the last month would have fallen under these conditions, at a place in the order. */
export function TriedOrder({ level, conditions }: { level: string | null; conditions: Conditions }) {
  const known = useAsk(serviceLevels.list, {})
  const active = (known.data?.items ?? []).filter((one) => one.active)
  const others = active.filter((one) => one.id !== level)
  const place = active.findIndex((one) => one.id === level)
  const present = place < 0 ? others.length + 1 : place + 1
  const [position, move] = useState<number | null>(null)
  const [input, tryWith] = useState<Sent<typeof serviceLevels.tried> | null>(null)
  const asked = useAsk(serviceLevels.tried, input ?? {}, { enabled: input !== null })
  return (
    <Section title={t('tried.title')}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('tried.help')}
      </p>
      <Group align="flex-end" gap="sm">
        <Select
          w={260}
          label={t('tried.position')}
          allowDeselect={false}
          data={Array.from({ length: others.length + 1 }, (_, i) => ({
            value: String(i + 1),
            label:
              others[i] === undefined ? String(i + 1) : `${i + 1} · ${t('tried.before', { level: others[i].name })}`,
          }))}
          value={String(position ?? present)}
          onChange={(next) => move(Number(next))}
        />
        <Button
          variant="default"
          loading={input !== null && asked.isFetching}
          onClick={() =>
            tryWith({ conditions, position: position ?? present, limit: 100, ...(level === null ? {} : { id: level }) })
          }
        >
          {t('tried.try')}
        </Button>
      </Group>
      {input !== null && <Asked question={asked}>{(answer) => <Taken answer={answer} level={level} />}</Asked>}
    </Section>
  )
}

function Taken({ answer, level }: { answer: Answer<typeof serviceLevels.tried>; level: string | null }) {
  const origin = ({ level: from, tickets }: (typeof answer.from)[number]): string =>
    from === null
      ? t('tried.fromNone', { n: count(tickets) })
      : from.id === level
        ? t('tried.fromSame', { n: count(tickets) })
        : t('tried.from', { n: tickets, level: from.name })
  return (
    <div aria-live="polite">
      <p>
        {t('tried.result', { taken: count(answer.taken), looked: answer.looked })}{' '}
        <span className="soft">{answer.from.map(origin).join(' · ')}</span>
      </p>
      <ul className={classes['tried']}>
        {answer.items.map((ticket) => (
          <li key={ticket.id}>
            <Link to={paths.ticket(ticket.reference)}>{ticket.reference}</Link> {ticket.title}{' '}
            <span className="soft">
              <Moment at={ticket.openedAt} as="nearby" /> ·{' '}
              {ticket.now === null ? t('tried.nowNone') : t('tried.now', { level: ticket.now.name })}
            </span>
          </li>
        ))}
      </ul>
      {answer.taken > answer.items.length && (
        <p className="soft">{t('tried.capped', { n: count(answer.items.length) })}</p>
      )}
    </div>
  )
}
