import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { momentKinds, type ClockConditions, type ClockMoment } from '../../contract/service-levels.ts'
import { ticketStates } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import classes from './ServiceLevels.module.css'

/** Queues and teams a condition may name. */
export interface Places {
  queues: { value: string; label: string }[]
  teams: { value: string; label: string }[]
}

export const parts = ['start', 'stop', 'pause', 'resume', 'reset', 'cancel'] as const
type Part = (typeof parts)[number]

const withStates = new Set<ClockMoment['on']>(['state-entered', 'state-left'])
const orUndefined = <T,>(values: T[]): T[] | undefined => (values.length === 0 ? undefined : values)

/** When the clock of a target starts, stops and the rest: lists of moments, of which one is enough. */
export function ConditionsEditor({
  when,
  places,
  onChange,
}: {
  when: ClockConditions
  places: Places
  onChange: (when: ClockConditions) => void
}) {
  const set = (part: Part, moments: ClockMoment[]): void => onChange({ ...when, [part]: moments })
  return (
    <div className={classes['conditions']}>
      {parts.map((part) => (
        <fieldset key={part} className={classes['part']}>
          <legend>{t(`when.${part}`)}</legend>
          {when[part].map((moment, index) => (
            <MomentEditor
              key={index}
              part={part}
              moment={moment}
              places={places}
              onChange={(next) =>
                set(
                  part,
                  when[part].map((one, i) => (i === index ? next : one)),
                )
              }
              onRemove={() =>
                set(
                  part,
                  when[part].filter((_, i) => i !== index),
                )
              }
            />
          ))}
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('when.addTo', { part: t(`when.${part}`) })}
            onClick={() => set(part, [...when[part], { on: part === 'start' ? 'opened' : 'resolved' }])}
          >
            {t(when[part].length === 0 ? 'when.add' : 'when.or')}
          </Button>
        </fieldset>
      ))}
    </div>
  )
}

function MomentEditor({
  part,
  moment,
  places,
  onChange,
  onRemove,
}: {
  part: Part
  moment: ClockMoment
  places: Places
  onChange: (moment: ClockMoment) => void
  onRemove: () => void
}) {
  const set = (change: Partial<Record<keyof ClockMoment, unknown>>): void =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...moment, ...change }).filter(([, value]) => value !== undefined),
      ) as ClockMoment,
    )
  const crosses = moment.on === 'queue-entered' || moment.on === 'queue-left'
  const isOfState = withStates.has(moment.on)
  return (
    <div className={classes['moment']}>
      <Select
        className={classes['grow'] ?? ''}
        aria-label={t(`when.${part}`)}
        data={momentKinds.map((on) => ({ value: on, label: t(`moment.${on}`) }))}
        value={moment.on}
        onChange={(on) => onChange({ on: on ?? moment.on })}
      />
      <MultiSelect
        className={classes['grow'] ?? ''}
        aria-label={t(crosses ? 'moment.team' : 'moment.inTeam')}
        placeholder={t(crosses ? 'moment.team' : 'moment.inTeam')}
        searchable
        limit={60}
        data={[
          { group: t('team.title'), items: places.teams },
          { group: t('column.queue'), items: places.queues },
        ]}
        value={[...(moment.teams ?? []), ...(moment.queues ?? [])]}
        onChange={(ids) =>
          set({
            teams: orUndefined(ids.filter((id) => places.teams.some((team) => team.value === id))),
            queues: orUndefined(ids.filter((id) => places.queues.some((queue) => queue.value === id))),
          })
        }
      />
      <MultiSelect
        className={classes['grow'] ?? ''}
        aria-label={t(isOfState ? 'moment.states' : 'moment.inState')}
        placeholder={t(isOfState ? 'moment.states' : 'moment.inState')}
        data={ticketStates.map((state) => ({ value: state, label: t(`ticket.state.${state}`) }))}
        value={moment.states ?? []}
        onChange={(states) => set({ states: orUndefined(states) })}
      />
      <MultiSelect
        w={150}
        aria-label={t('moment.priorities')}
        placeholder={t('moment.priorities')}
        data={([1, 2, 3, 4, 5] as const).map((p) => ({ value: String(p), label: t(`ticket.priority.${p}`) }))}
        value={(moment.priorities ?? []).map(String)}
        onChange={(values) => set({ priorities: orUndefined(values.map(Number)) })}
      />
      <ActionIcon mb={4} aria-label={t('when.remove', { moment: t(`moment.${moment.on}`) })} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  )
}
