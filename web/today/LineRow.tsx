import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TodayLine } from '../../contract/today.ts'
import { t } from '../platform/i18n.ts'
import { addressOfSubject } from '../platform/paths.ts'
import { PriorityMark, stateWord } from '../tickets/words.tsx'
import { ClockChip } from '../ui/ClockChip.tsx'
import { Named } from '../ui/Initials.tsx'
import { Moment } from '../ui/Moment.tsx'
import type { SectionName } from './sections.ts'
import classes from './TodayPage.module.css'

export type LineAct = 'take' | 'assign' | 'answer' | 'remind' | 'done' | 'snooze' | 'why' | 'waive' | 'peek'

/** The verbs of a line, the likeliest first. */
function verbsOf(line: TodayLine, section: SectionName, { worker, mayWaive, mayMake }: Rights): LineAct[] {
  const ticket = line.subject.kind === 'ticket' && worker
  const verbs: LineAct[] = []
  if (ticket && line.assignee === null) verbs.push('take', 'assign')
  else if (ticket) verbs.push(section === 'waiting' ? 'remind' : 'answer', 'assign')
  if (line.subject.kind === 'commitment' && mayMake) verbs.push('done')
  if (line.clock !== null && mayMake && (section === 'late' || section === 'dueSoon')) verbs.push('snooze')
  if (line.clock !== null) verbs.push('why')
  if (line.clock !== null && mayWaive) verbs.push('waive')
  return verbs
}

interface Rights {
  worker: boolean
  mayWaive: boolean
  mayMake: boolean
}

interface Props extends Rights {
  id: string
  line: TodayLine
  section: SectionName
  current: boolean
  changed: boolean
  onCurrent: () => void
  onAct: (act: LineAct) => void
}

export function LineRow({ id, line, section, current, changed, onCurrent, onAct, ...rights }: Props) {
  const to = addressOfSubject(line.subject)
  const words = (
    <>
      <span className={classes['reference']}>{line.subject.reference}</span>{' '}
      <span className={classes['title']}>{line.subject.title}</span>
    </>
  )
  return (
    <li className={classes['line']} data-line={id} data-current={current} data-changed={changed} onClick={onCurrent}>
      <span className={classes['priority']}>
        {line.priority !== null && <PriorityMark priority={line.priority} short />}
      </span>
      {to === null ? (
        <span className={classes['subject']}>{words}</span>
      ) : (
        <Link to={to} className={classes['subject']} onFocus={onCurrent}>
          {words}
        </Link>
      )}
      <span className={classes['clock']}>
        {line.clock !== null ? (
          <ClockChip face={line.clock} withKind={section === 'late' || section === 'dueSoon'} />
        ) : line.subject.state !== null ? (
          <span className="soft">{stateWord(line.subject.state)}</span>
        ) : null}
      </span>
      <span className={classes['since']}>
        {section === 'waiting' ? (
          <>
            {line.waitingFor !== null && <span className="cut">{line.waitingFor}</span>}
            {line.since !== null && (
              <span className="soft">
                <Moment at={line.since} />
              </span>
            )}
          </>
        ) : section === 'ageing' ? (
          line.since !== null && (
            <span className="soft">
              {t('today.quietSince')} <Moment at={line.since} />
            </span>
          )
        ) : (
          <span className="soft cut">{line.queue?.name}</span>
        )}
      </span>
      <span className={classes['owner']}>
        {line.assignee !== null ? (
          <Named name={line.assignee.name} />
        ) : line.owner?.fallback === true ? (
          <span className="soft cut" title={t('today.fallback', { name: line.owner.name })}>
            {t('today.fallback', { name: line.owner.name })}
          </span>
        ) : (
          <span className="soft">{t('ticket.unowned')}</span>
        )}
      </span>
      <span className={classes['verbs']}>
        {verbsOf(line, section, rights).map((act, index) => (
          <Button
            key={act}
            size="compact-xs"
            variant={index === 0 && act !== 'why' ? 'default' : 'subtle'}
            color={index === 0 ? 'petrol' : 'gray'}
            className={index === 0 ? '' : (classes['quiet'] ?? '')}
            onClick={(event) => {
              event.stopPropagation()
              onAct(act)
            }}
          >
            {t(`today.act.${act}`)}
            <span className="unseen"> {line.subject.reference}</span>
          </Button>
        ))}
      </span>
    </li>
  )
}
