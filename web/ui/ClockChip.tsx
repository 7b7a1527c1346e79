import { IconCircleFilled, IconCircleHalf2, IconClock, IconPlayerPauseFilled } from '@tabler/icons-react'
import { t, tOr } from '../platform/i18n.ts'
import { absolute, exactSpan, nearbyEnd, span } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'
import classes from './ClockChip.module.css'

export interface Face {
  kind: string
  phase: string
  dueAt: string | null
  remainingSeconds: number | null
  late: boolean
}

export const clockKind = (kind: string): string => tOr(`clock.kind.${kind}`, kind.replaceAll('_', ' '))

/** Due within the hour: worth a second look, not yet a broken promise. */
const soonSeconds = 3600

export type Mood = 'late' | 'soon' | 'fine' | 'paused'
export function moodOf(face: Face, now: Date): Mood {
  if (face.late) return 'late'
  if (face.phase === 'paused') return 'paused'
  return face.dueAt !== null && new Date(face.dueAt).getTime() - now.getTime() < soonSeconds * 1000 ? 'soon' : 'fine'
}

const icons = { late: IconCircleFilled, soon: IconCircleHalf2, fine: IconClock, paused: IconPlayerPauseFilled }

function wordsOf(face: Face, mood: Mood, now: Date): string {
  if (face.phase === 'paused')
    return face.remainingSeconds === null
      ? t('clock.paused')
      : face.remainingSeconds < 0
        ? t('clock.pausedOver', { span: exactSpan(face.remainingSeconds) })
        : t('clock.pausedLeft', { span: exactSpan(face.remainingSeconds) })
  if (face.dueAt === null) return face.late ? t('clock.late') : t('clock.running')
  const seconds = (new Date(face.dueAt).getTime() - now.getTime()) / 1000
  if (mood === 'late') return t('clock.lateBy', { span: span(seconds) })
  if (seconds < 0) return t('clock.dueNow')
  return seconds < 6 * 3600 ? t('clock.in', { span: span(seconds) }) : nearbyEnd(face.dueAt, now)
}

/** Late, soon, fine or paused: an icon, words and a colour, never the colour alone. */
export function ClockChip({ face, withKind = false }: { face: Face | null; withKind?: boolean }) {
  const now = useNow()
  if (face === null) return <span className="soft">{t('clock.none')}</span>
  const mood = moodOf(face, now)
  const Icon = icons[mood]
  const whole = face.dueAt === null ? null : absolute(face.dueAt)
  return (
    <span
      className={classes['chip']}
      data-mood={mood}
      {...(whole === null ? {} : { title: t('clock.dueAt', { kind: clockKind(face.kind), at: whole }) })}
    >
      <Icon size={mood === 'late' ? 10 : 13} aria-hidden className={classes['icon']} />
      {withKind && <span className={classes['kind']}>{clockKind(face.kind)}</span>}
      {face.dueAt === null ? (
        <span>{wordsOf(face, mood, now)}</span>
      ) : (
        <time dateTime={face.dueAt}>{wordsOf(face, mood, now)}</time>
      )}
      {whole !== null && <span className="unseen"> ({whole})</span>}
    </span>
  )
}
