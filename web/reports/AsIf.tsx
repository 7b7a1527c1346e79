import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { calendars } from '../../contract/calendars.ts'
import { reports } from '../../contract/reports.ts'
import { serviceLevels, type ServiceLevel, type Target } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { TargetLength } from '../service-levels/TargetLength.tsx'
import { AsIfRuns } from '../ui/AsIfRuns.tsx'
import { clockKind } from '../ui/ClockChip.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import classes from './Reports.module.css'

interface Planned {
  calendar: string
  targets: Target[]
}

/** The same period judged as if another version of a service level had been in force, or one that is only planned. */
export function AsIf({ from, to }: { from: string; to: string }) {
  const levels = useAsk(serviceLevels.list, {})
  const [level, choose] = useState<string | null>(null)
  const [revision, setRevision] = useState<number | null>(null)
  const [planned, plan] = useState<Planned | null>(null)
  const start = useAct(reports.asIf)
  const chosen = levels.data?.items.find((one) => one.id === level)
  const asItIs = (of: ServiceLevel): Planned => ({ calendar: of.calendar.id, targets: of.targets })
  return (
    <Section title={t('asIf.title')}>
      <p className="soft">{t('asIf.help')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen === undefined) return
          const which = planned ?? { revision: revision ?? chosen.revision }
          start.mutate({ level: chosen.id, from, to, ...which })
        }}
      >
        <div className={classes['filters']}>
          <Select
            label={t('serviceLevel.title')}
            searchable
            data={(levels.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
            value={level}
            onChange={(next) => {
              const found = levels.data?.items.find((one) => one.id === next)
              choose(next)
              setRevision(null)
              if (planned !== null) plan(found === undefined ? null : asItIs(found))
            }}
          />
          <SegmentedControl
            mt={24}
            aria-label={t('asIf.which.label')}
            disabled={chosen === undefined}
            data={(['version', 'planned'] as const).map((value) => ({ value, label: t(`asIf.which.${value}`) }))}
            value={planned === null ? 'version' : 'planned'}
            onChange={(which) => plan(which === 'planned' && chosen !== undefined ? asItIs(chosen) : null)}
          />
          {planned === null && (
            <NumberInput
              label={t('asIf.version')}
              min={1}
              max={chosen?.revision ?? 1}
              disabled={chosen === undefined}
              value={revision ?? chosen?.revision ?? 1}
              onChange={(value) => setRevision(Number(value) || 1)}
            />
          )}
          <Button type="submit" loading={start.isPending} disabled={chosen === undefined} mt={24}>
            {t('asIf.start')}
          </Button>
        </div>
        {planned !== null && chosen !== undefined && (
          <PlannedVersion level={chosen} planned={planned} onChange={plan} />
        )}
      </form>
      <FailureNote error={start.error} />
      <AsIfRuns />
    </Section>
  )
}

/** Other hours, and other lengths for the targets there are; everything else is planned in the level's own editor. */
function PlannedVersion({
  level,
  planned,
  onChange,
}: {
  level: ServiceLevel
  planned: Planned
  onChange: (planned: Planned) => void
}) {
  const hours = useAsk(calendars.list, {})
  return (
    <div className={classes['planned']}>
      <Select
        label={t('calendar.title')}
        allowDeselect={false}
        data={(hours.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        value={planned.calendar}
        onChange={(calendar) => calendar !== null && onChange({ ...planned, calendar })}
      />
      {planned.targets.map((target, index) => (
        <div key={target.kind} role="group" aria-label={clockKind(target.kind)} className={classes['target']}>
          <span>{clockKind(target.kind)}</span>
          <TargetLength
            target={target}
            onChange={(next) =>
              onChange({ ...planned, targets: planned.targets.map((one, i) => (i === index ? next : one)) })
            }
          />
        </div>
      ))}
      <p className="soft">
        {t('asIf.plannedHelp')} <Link to={paths.serviceLevel(level.id)}>{level.name}</Link>
      </p>
    </div>
  )
}
