import {
  IconCircleCheck,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleHalf2,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react'
import type { TicketRow, TicketState } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import classes from './words.module.css'

export const stateWord = (state: TicketState): string => t(`ticket.state.${state}`)
export const priorityWord = (priority: number): string => t(`ticket.priority.${priority as 1 | 2 | 3 | 4 | 5}`)
export const levelWord = (level: number): string => t(`ticket.level.${level as 1 | 2 | 3}`)
export const kindWord = (kind: TicketRow['kind']): string => t(`ticket.kind.${kind}`)

const icons: Record<TicketState, Icon> = {
  new: IconCircleDashed,
  in_progress: IconCircleHalf2,
  waiting_requester: IconPlayerPause,
  waiting_vendor: IconPlayerPause,
  waiting_change: IconPlayerPause,
  resolved: IconCircleCheck,
  closed: IconCircleCheckFilled,
}

export function StateMark({ state }: { state: TicketState }) {
  const Icon = icons[state]
  return (
    <span className={classes['mark']} data-state={state}>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span className="cut">{stateWord(state)}</span>
    </span>
  )
}

/** Four bars and the word: the height says it without the colour. */
export function PriorityMark({ priority, short = false }: { priority: number; short?: boolean }) {
  return (
    <span className={classes['mark']} title={priorityWord(priority)}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden className={classes['bars']}>
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3.6}
            y={9 - bar * 3}
            width="2.4"
            height={3 + bar * 3}
            rx="0.8"
            data-on={bar < 5 - priority}
          />
        ))}
      </svg>
      {short ? <span className="unseen">{priorityWord(priority)}</span> : <span>{priorityWord(priority)}</span>}
    </span>
  )
}
