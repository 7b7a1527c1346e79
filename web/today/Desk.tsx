import { UnstyledButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type TodayLine, type TodayPage as TodayAnswer } from '../../contract/today.ts'
import { CompleteDialog, ExplainDrawer, SnoozeDialog, WaiveDialog } from '../commitments/later.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { count } from '../platform/moments.ts'
import { addressOfSubject, paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import type { Acted } from '../tickets/acted.ts'
import { useTicketActs } from '../tickets/acts.tsx'
import type { Voice } from '../tickets/Composer.tsx'
import { clockKind } from '../ui/ClockChip.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { LineRow, type LineAct } from './LineRow.tsx'
import { sectionNames, type SectionName } from './sections.ts'
import classes from './TodayPage.module.css'
import { later } from '../ui/later.tsx'
import { Unusual } from './Unusual.tsx'

const TicketPeek = later(async () => (await import('../tickets/TicketPeek.tsx')).TicketPeek)

interface Placed {
  key: string
  section: SectionName
  line: TodayLine
}

const paragraph = (text: string): string => `<p>${text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`

const actedOf = (line: TodayLine): Acted => ({
  id: line.subject.id,
  reference: line.subject.reference,
  version: line.subject.version,
  assignee: line.assignee,
  ...(line.queue === null ? {} : { queue: line.queue }),
  ...(line.subject.state === null ? {} : { state: line.subject.state }),
})

/** The lines, their keys and what each verb opens. */
export function Desk({ answer, changed }: { answer: TodayAnswer; changed: ReadonlyMap<string, unknown> }) {
  const [address, change] = useAddress()
  const navigate = useNavigate()
  const worker = useMay('tickets.work')
  const mayWaive = useMay('commitments.write')
  const mayMake = useMay('commitments.make')
  const placed = useMemo<Placed[]>(
    () =>
      sectionNames.flatMap((section) =>
        answer[section].lines.map((line) => ({
          key: `${section}:${line.clock?.commitment ?? line.subject.id}`,
          section,
          line,
        })),
      ),
    [answer],
  )
  const [current, setCurrent] = useState<string | null>(null)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [voice, setVoice] = useState<Voice | null>(null)
  const [begin, setBegin] = useState<string | undefined>()
  const [why, explain] = useState<TodayLine | null>(null)
  const [waived, waive] = useState<Placed | null>(null)
  const [finished, finish] = useState<Placed | null>(null)
  const [shelved, shelve] = useState<Placed | null>(null)
  const shown = placed.filter((one) => !gone.has(`${one.key}@${one.line.subject.version}`))
  const at = shown.findIndex((one) => one.key === current)
  const present = shown[at]
  const peek = address['peek']

  const focus = (key: string): void => {
    setCurrent(key)
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)
      row?.scrollIntoView({ block: 'nearest' })
      row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
    })
  }
  const step = (by: number): void => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))]
    if (next === undefined) return
    focus(next.key)
    if (peek !== undefined && next.line.subject.kind === 'ticket') change({ peek: next.line.subject.reference })
  }
  /** The line leaves the desk at once and the selection moves to the next. */
  const leave = (left: readonly Placed[]): void => {
    const keys = new Set(left.map((one) => one.key))
    const next =
      shown.slice(at + 1).find((one) => !keys.has(one.key)) ??
      shown
        .slice(0, Math.max(0, at))
        .reverse()
        .find((one) => !keys.has(one.key))
    setGone(new Set([...gone, ...left.map((one) => `${one.key}@${one.line.subject.version}`)]))
    if (next !== undefined) focus(next.key)
  }
  const acts = useTicketActs((on, which) => {
    const ids = new Set(on.map((ticket) => ticket.id))
    const left = shown.filter(
      (one) => ids.has(one.line.subject.id) && (which === 'resolve' || one.section === 'unowned' || which === 'state'),
    )
    if (left.length > 0) leave(left)
    else step(1)
  })
  const answerIn = (one: Placed | undefined, speak: Voice, opening?: string): void => {
    if (one?.line.subject.kind !== 'ticket') return
    setCurrent(one.key)
    setBegin(opening)
    setVoice(speak)
    change({ peek: one.line.subject.reference })
  }
  const run = (act: LineAct, one: Placed): void => {
    setCurrent(one.key)
    const on = [actedOf(one.line)]
    if (act === 'take') void acts.assignToMe(on)
    else if (act === 'assign') acts.open('assign', on)
    else if (act === 'answer') answerIn(one, 'reply')
    else if (act === 'remind')
      answerIn(
        one,
        one.line.subject.state === 'waiting_requester' ? 'reply' : 'note',
        paragraph(
          t(one.line.subject.state === 'waiting_requester' ? 'remind.requester' : 'remind.other', {
            who: one.line.waitingFor ?? '',
          }),
        ),
      )
    else if (act === 'why') explain(one.line)
    else if (act === 'waive') waive(one)
    else if (act === 'done') finish(one)
    else if (act === 'snooze') shelve(one)
    else if (act === 'peek')
      change({ peek: peek === one.line.subject.reference ? undefined : one.line.subject.reference })
  }
  const open = (one: Placed | undefined): void => {
    const to = one === undefined ? null : addressOfSubject(one.line.subject)
    if (to !== null) void navigate({ to })
  }
  const on = present === undefined || present.line.subject.kind !== 'ticket' ? [] : [actedOf(present.line)]
  const off = !worker
  useKeys(t('keys.today'), [
    { keys: 'j|arrowdown', label: t('keys.next'), run: () => step(1) },
    { keys: 'k|arrowup', label: t('keys.previous'), run: () => step(-1) },
    { keys: 'enter', label: t('keys.open'), run: () => open(present) },
    { keys: 'space', label: t('keys.peek'), run: () => present !== undefined && run('peek', present) },
    { keys: 'i', label: t('assign.me'), run: () => on.length > 0 && void acts.assignToMe(on), off },
    { keys: 'a', label: t('assign.title'), run: () => acts.open('assign', on), off },
    { keys: 'r', label: t('composer.reply'), run: () => answerIn(present, 'reply'), off },
    { keys: 'n', label: t('composer.note'), run: () => answerIn(present, 'note'), off },
    { keys: 's', label: t('stateChoice.title'), run: () => acts.open('state', on), off },
    { keys: 'p', label: t('priorityChoice.title'), run: () => acts.open('priority', on), off },
    {
      keys: 'e',
      label: t('resolve.verb'),
      run: () => {
        if (present?.line.subject.kind === 'commitment') run('done', present)
        else acts.open('resolve', on)
      },
      off: off && !mayMake,
    },
    {
      keys: 'l',
      label: t('byHand.snooze'),
      run: () => present?.line.clock != null && run('snooze', present),
      off: !mayMake,
    },
    { keys: 'w', label: t('today.why'), run: () => present?.line.clock != null && run('why', present) },
    {
      keys: 'd',
      label: t('waive.verb'),
      run: () => present?.line.clock != null && run('waive', present),
      off: !mayWaive,
    },
  ])
  const nothing = shown.length === 0 && answer.unusual.length === 0
  return (
    <div className={classes['split']}>
      <div className={classes['sections']} tabIndex={0} role="region" aria-label={t('today.title')}>
        {nothing && (
          <EmptyView
            title={t('today.empty')}
            actions={
              <UnstyledButton
                className={classes['link'] ?? ''}
                onClick={() => void navigate({ to: paths.ticketsOf({ view: 'open' }) } as never)}
              >
                {t('today.toQueue')}
              </UnstyledButton>
            }
          >
            {t('today.emptyHelp')}
          </EmptyView>
        )}
        {sectionNames.map((section) => {
          const lines = shown.filter((one) => one.section === section)
          if (lines.length === 0) return null
          const { total, totalCapped } = answer[section]
          return (
            <section
              key={section}
              id={`today-${section}`}
              className={classes['section']}
              aria-labelledby={`head-${section}`}
            >
              <h2 id={`head-${section}`} className={classes['heading']} data-section={section}>
                {t(`today.section.${section}`)} <span className={classes['total']}>{count(total, totalCapped)}</span>
              </h2>
              <ul className={classes['lines']}>
                {lines.map((one) => (
                  <LineRow
                    key={one.key}
                    id={one.key}
                    line={one.line}
                    section={section}
                    current={one.key === current}
                    changed={changed.has(one.line.subject.id)}
                    worker={worker}
                    mayWaive={mayWaive}
                    mayMake={mayMake}
                    onCurrent={() => setCurrent(one.key)}
                    onAct={(act) => run(act, one)}
                  />
                ))}
              </ul>
              {total > lines.length && (
                <p className={classes['more']}>{t('today.more', { n: count(total - lines.length, totalCapped) })}</p>
              )}
            </section>
          )
        })}
        <Unusual items={answer.unusual} />
      </div>
      {peek !== undefined && (
        <TicketPeek
          key={peek}
          reference={peek}
          voice={voice}
          onVoice={setVoice}
          {...(begin === undefined ? {} : { begin })}
          onClose={() => {
            setVoice(null)
            setBegin(undefined)
            change({ peek: undefined })
          }}
          onAnswered={() => step(1)}
        />
      )}
      {why?.clock != null && (
        <ExplainDrawer
          commitment={why.clock.commitment}
          title={`${why.subject.reference} · ${clockKind(why.clock.kind)}`}
          onClose={() => explain(null)}
        />
      )}
      {waived?.line.clock != null && (
        <WaiveDialog
          commitment={waived.line.clock.commitment}
          title={`${waived.line.subject.reference} · ${clockKind(waived.line.clock.kind)}`}
          onClose={() => waive(null)}
          onDone={() => leave([waived])}
        />
      )}
      {finished?.line.clock != null && (
        <CompleteDialog
          commitment={finished.line.clock.commitment}
          title={finished.line.subject.title}
          onClose={() => finish(null)}
          onDone={() => leave([finished])}
        />
      )}
      {shelved?.line.clock != null && (
        <SnoozeDialog
          commitment={shelved.line.clock.commitment}
          title={shelved.line.subject.title}
          onClose={() => shelve(null)}
          onDone={() => leave([shelved])}
        />
      )}
      {acts.dialogs}
    </div>
  )
}
