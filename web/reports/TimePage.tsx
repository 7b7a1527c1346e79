import { Button, Select, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { people } from '../../contract/people.ts'
import { queues } from '../../contract/queues.ts'
import { timeEntries, timeGroupings } from '../../contract/time-entries.ts'
import { PersonField } from '../people/PersonField.tsx'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan, today } from '../platform/moments.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { AskedPages } from '../ui/AskedPages.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, NoMatchView } from '../ui/StateViews.tsx'
import { ReportTabs } from './ReportTabs.tsx'
import classes from './Reports.module.css'
import { TimeBehind } from './TimeBehind.tsx'
import { TimeFigures } from './TimeFigures.tsx'
import { rowKey, type TimeSought } from './time-rows.ts'

const isGrouping = (text: string | undefined): text is (typeof timeGroupings)[number] =>
  timeGroupings.some((one) => one === text)
const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined))
const narrowing = ['person', 'queue', 'billedTo', 'billable'] as const
const drop = Object.fromEntries(narrowing.map((name) => [name, undefined]))

/** Time spent by month and person, payer or queue; the very entries behind each figure, and all of them as a file. */
export default function TimePage() {
  const [address, change] = useAddress()
  const by = isGrouping(address['by']) ? address['by'] : 'person'
  const from = address['from'] ?? `${today().slice(0, 7)}-01`
  const to = address['to'] ?? today()
  const filters = given(Object.fromEntries(narrowing.map((name) => [name, address[name]])))
  const sought = { from, to, ...filters } as TimeSought
  const asked = useAskPages(timeEntries.report, { by, ...sought })
  const known = useAsk(queues.list, {})
  const person = address['person']
  const named = useAsk(people.show, { id: person ?? '' }, { enabled: person !== undefined })
  const sum = asked.first?.sum
  const select = (next: Record<string, string | undefined>): void => change({ row: undefined, ...next })
  const row = asked.items.find((one) => rowKey(one) === address['row'])
  const narrowed = Object.keys(filters).length > 0
  return (
    <Page
      title={t('timeReport.title')}
      tabs={<ReportTabs current="time" />}
      {...(sum == null || sum.entries === 0
        ? {}
        : {
            figure: t('timeReport.figure', { time: exactSpan(sum.seconds), billable: exactSpan(sum.billableSeconds) }),
          })}
      actions={
        <Button
          component="a"
          href={`/api/v1/time-entries.csv?${new URLSearchParams({ from, to, ...filters }).toString()}`}
          download
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t('reports.as.csv')}
        </Button>
      }
    >
      <div className={classes['body']}>
        <div className={classes['filters']} role="search">
          <Select
            label={t('reports.by')}
            allowDeselect={false}
            data={timeGroupings.map((one) => ({ value: one, label: t(`timeReport.by.${one}`) }))}
            value={by}
            onChange={(next) => select({ by: next ?? undefined })}
          />
          <DayInput
            label={t('timeReport.from')}
            value={from}
            onChange={(day) => day !== null && select({ from: day })}
          />
          <DayInput label={t('timeReport.to')} value={to} onChange={(day) => day !== null && select({ to: day })} />
          <PersonField
            label={t('timeReport.by.person')}
            value={person === undefined ? null : { id: person, name: named.data?.name ?? '' }}
            onChange={(next) => select({ person: next?.id })}
          />
          <Select
            label={t('timeReport.by.queue')}
            clearable
            searchable
            data={(known.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={address['queue'] ?? null}
            onChange={(next) => select({ queue: next ?? undefined })}
          />
          <Select
            label={t('timeReport.billable')}
            clearable
            placeholder={t('timeReport.both')}
            data={[
              { value: 'true', label: t('timeReport.billable.true') },
              { value: 'false', label: t('timeReport.billable.false') },
            ]}
            value={address['billable'] ?? null}
            onChange={(next) => select({ billable: next ?? undefined })}
          />
          <BilledTo
            key={address['billedTo'] ?? ''}
            value={address['billedTo']}
            onChange={(billedTo) => select({ billedTo })}
          />
        </div>
        <AskedPages of={asked}>
          {(rows) =>
            rows.length > 0 ? (
              <TimeFigures
                by={by}
                rows={rows}
                sum={sum ?? null}
                chosen={address['row']}
                onChoose={(row) => change({ row })}
              />
            ) : narrowed ? (
              <NoMatchView onClear={() => select(drop)} />
            ) : (
              <EmptyView title={t('timeReport.empty')}>{t('timeReport.emptyHelp')}</EmptyView>
            )
          }
        </AskedPages>
        {row !== undefined && <TimeBehind key={rowKey(row)} row={row} by={by} sought={sought} />}
      </div>
    </Page>
  )
}

/** Who pays, as it stands in the entries; asked once it is typed. */
function BilledTo({
  value = '',
  onChange,
}: {
  value: string | undefined
  onChange: (name: string | undefined) => void
}) {
  const [text, setText] = useState(value)
  const ask = (): void => {
    const name = text.trim()
    if (name !== value) onChange(name === '' ? undefined : name)
  }
  return (
    <TextInput
      label={t('time.column.billed-to')}
      maxLength={120}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={ask}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask()
      }}
    />
  )
}
