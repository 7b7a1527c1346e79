import { Progress } from '@mantine/core'
import { serviceLevels, type ClockMove } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from './Asked.tsx'
import { Section } from './Facts.tsx'
import { Moment } from './Moment.tsx'
import classes from './WhatIf.module.css'

const isRunning = (moves: readonly ClockMove[] | undefined): boolean =>
  moves?.some((move) => move.finishedAt === null) === true

/** Open clocks on their way to new terms, and what moved before. While some are on the way it is asked each second. */
export function ClockMoves({ of }: { of: { level: string } | { calendar: string } }) {
  const asked = useAsk(serviceLevels.moves, of, {
    everyWhile: (answer) => (isRunning(answer?.items) ? 1000 : false),
  })
  if (asked.data?.items.length === 0) return null
  return (
    <Section title={t('moves.title')}>
      <Asked question={asked}>
        {({ items }) => (
          <ul className={classes['moves']} aria-live="polite">
            {items.slice(0, 5).map((move) => (
              <Move key={move.id} move={move} />
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

function Move({ move }: { move: ClockMove }) {
  const { total, done } = move
  const what = move.serviceLevel?.name ?? move.zone ?? ''
  if (move.finishedAt !== null)
    return (
      <li>
        {t('moves.done', { n: done, shown: count(done), what, reason: move.reason })} <Moment at={move.finishedAt} />
      </li>
    )
  const percent = total === null || total === 0 ? 0 : Math.round((100 * done) / total)
  return (
    <li className={classes['move']}>
      <span>
        {total === null
          ? t('moves.waiting', { what, reason: move.reason })
          : t('moves.running', { done: count(done), total: count(total), what, reason: move.reason })}
      </span>
      <Progress value={percent} aria-label={t('moves.progress', { what })} animated />
    </li>
  )
}
