import { Select } from '@mantine/core'
import { people, teams } from '../../contract/people.ts'
import { type TodayPage as TodayAnswer } from '../../contract/today.ts'
import { t } from '../platform/i18n.ts'
import { count, headline } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { type SectionName } from './sections.ts'
import classes from './TodayPage.module.css'

/** One sentence that says how the day stands. */
export function DayInWords({ answer, now }: { answer: TodayAnswer; now: Date }) {
  const part = (name: SectionName): string =>
    t(`today.count.${name}`, { n: answer[name].total, shown: count(answer[name].total, answer[name].totalCapped) })
  return (
    <span className={classes['promise']}>
      <span className="figures">{headline(now)}</span>
      <a href="#today-late" data-late={answer.late.total > 0}>
        {part('late')}
      </a>
      <a href="#today-dueSoon">{part('dueSoon')}</a>
      <a href="#today-waiting">{part('waiting')}</a>
      <a href="#today-unowned">{part('unowned')}</a>
    </span>
  )
}

/** Whose day: a team's, a person's, everybody's. */
export function Scope({
  team,
  person,
  mine,
  onChange,
}: {
  team: string | undefined
  person: string | undefined
  mine: string | undefined
  onChange: (fields: Record<string, string | undefined>) => void
}) {
  const mayRead = useMay('people.read')
  const known = useAsk(teams.list, { limit: 200 }, { enabled: mayRead })
  const named = useAsk(
    people.show,
    { id: person ?? '' },
    { enabled: mayRead && person !== undefined && person !== 'me' },
  )
  return (
    <div className={classes['scope']}>
      <Select
        size="xs"
        w={150}
        aria-label={t('today.team')}
        placeholder={t('today.allTeams')}
        clearable
        searchable
        data={(known.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        value={team ?? null}
        onChange={(id) => onChange({ team: id ?? undefined })}
        clearButtonProps={{ 'aria-label': t('today.allTeams') }}
      />
      {mine !== undefined && (
        <Select
          size="xs"
          w={120}
          aria-label={t('today.person')}
          data={[
            { value: '', label: t('today.everybody') },
            { value: 'me', label: t('today.me') },
            ...(person === undefined || person === 'me' ? [] : [{ value: person, label: named.data?.name ?? '…' }]),
          ]}
          value={person ?? ''}
          onChange={(value) => onChange({ person: value === '' || value === null ? undefined : value })}
        />
      )}
    </div>
  )
}
