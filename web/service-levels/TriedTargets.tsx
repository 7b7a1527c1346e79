import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { reports } from '../../contract/reports.ts'
import type { Target } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { AsIfRuns } from '../ui/AsIfRuns.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'

/** The first and the last day of the month before. */
function lastMonth(): { from: string; to: string } {
  const now = new Date()
  const day = (month: number, date: number) =>
    new Date(Date.UTC(now.getFullYear(), month, date)).toISOString().slice(0, 10)
  return { from: day(now.getMonth() - 1, 1), to: day(now.getMonth(), 0) }
}

/** How a past period would have gone with the targets and the calendar on this page, saved or not. Changes nothing. */
export function TriedTargets({
  level,
  calendar,
  targets,
}: {
  level: string
  calendar: string | null
  targets: readonly Target[]
}) {
  const [period, choose] = useState(lastMonth)
  const start = useAct(reports.asIf)
  const may = useMay('tickets.all')
  if (!may) return null
  return (
    <Section title={t('asIf.tryTitle')}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('asIf.tryHelp')} <Link to={paths.reports}>{t('asIf.all')}</Link>
      </p>
      <Group align="flex-start" gap="sm">
        <DayInput
          label={t('reports.from')}
          value={period.from}
          onChange={(from) => from !== null && choose({ ...period, from })}
        />
        <DayInput
          label={t('reports.to')}
          value={period.to}
          onChange={(to) => to !== null && choose({ ...period, to })}
        />
        <Button
          mt={24}
          variant="default"
          loading={start.isPending}
          disabled={calendar === null || targets.length === 0}
          onClick={() => calendar !== null && start.mutate({ level, ...period, calendar, targets: [...targets] })}
        >
          {t('asIf.start')}
        </Button>
      </Group>
      <FailureNote error={start.error} />
      {start.data !== undefined && <AsIfRuns level={level} only={start.data.id} />}
    </Section>
  )
}
