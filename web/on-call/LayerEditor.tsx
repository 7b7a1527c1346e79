import { Button, Group, MultiSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { type Layer, weekdays } from '../../contract/on-call.ts'
import { people } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { DayInput } from '../ui/DayInput.tsx'
import classes from './OnCall.module.css'

/** People in the order of their turns, how long a turn lasts, and the hours in which the layer counts. */
export function LayerEditor({
  layer,
  names,
  onChange,
  onRemove,
}: {
  layer: Layer
  names: ReadonlyMap<string, string>
  onChange: (layer: Layer) => void
  onRemove: (() => void) | undefined
}) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const found = useAsk(people.list, { ...(asked === '' ? {} : { q: asked }), active: true, limit: 30 }, { keep: true })
  const [chosen, remember] = useState<ReadonlyMap<string, string>>(names)
  const options = new Map([...chosen, ...(found.data?.items ?? []).map((p) => [p.id, p.name] as const)])
  const hours = layer.hours[0]
  return (
    <div className={classes['layer']} role="group" aria-label={layer.name}>
      <Stack gap="sm">
        <Group grow align="start" preventGrowOverflow={false}>
          <TextInput
            miw={150}
            label={t('onCall.layerName')}
            value={layer.name}
            onChange={(event) => onChange({ ...layer, name: event.currentTarget.value })}
          />
          <NumberInput
            miw={100}
            label={t('onCall.turn')}
            min={1}
            max={60}
            allowDecimal={false}
            value={layer.turn.count}
            onChange={(n) => onChange({ ...layer, turn: { ...layer.turn, count: Number(n) || 1 } })}
          />
          <Select
            miw={110}
            label={t('onCall.unit')}
            data={(['days', 'weeks'] as const).map((unit) => ({ value: unit, label: t(`onCall.unit.${unit}`) }))}
            value={layer.turn.unit}
            onChange={(unit) => onChange({ ...layer, turn: { ...layer.turn, unit: unit ?? 'weeks' } })}
          />
          <DayInput
            label={t('onCall.startsOn')}
            value={layer.startsOn}
            onChange={(day) => day !== null && onChange({ ...layer, startsOn: day })}
          />
          <TextInput
            miw={110}
            type="time"
            label={t('onCall.handoverAt')}
            value={layer.handoverAt}
            onChange={(event) => onChange({ ...layer, handoverAt: event.currentTarget.value })}
          />
        </Group>
        <MultiSelect
          label={t('onCall.members')}
          description={t('onCall.membersHelp')}
          required
          searchable
          data={[...options].map(([value, label]) => ({ value, label }))}
          value={layer.members}
          onSearchChange={setWords}
          nothingFoundMessage={t('choose.nothing')}
          onChange={(members) => {
            remember(new Map([...chosen, ...members.map((id) => [id, options.get(id) ?? ''] as const)]))
            onChange({ ...layer, members })
          }}
        />
        <Group align="end" gap="sm">
          <MultiSelect
            miw={240}
            label={t('onCall.hours')}
            description={t('onCall.hoursHelp')}
            data={weekdays.map((day) => ({ value: day, label: t(`weekday.${day}`) }))}
            value={hours?.days ?? []}
            onChange={(days) =>
              onChange({
                ...layer,
                hours:
                  days.length === 0
                    ? []
                    : [
                        {
                          days,
                          from: hours?.from ?? '18:00',
                          to: hours?.to ?? '08:00',
                        },
                      ],
              })
            }
          />
          {hours !== undefined && (
            <>
              <TextInput
                type="time"
                label={t('onCall.fromTime')}
                value={hours.from}
                onChange={(event) => onChange({ ...layer, hours: [{ ...hours, from: event.currentTarget.value }] })}
              />
              <TextInput
                type="time"
                label={t('onCall.toTime')}
                value={hours.to}
                onChange={(event) => onChange({ ...layer, hours: [{ ...hours, to: event.currentTarget.value }] })}
              />
            </>
          )}
          {onRemove !== undefined && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
              {t('onCall.removeLayer')}
              <span className="unseen"> {layer.name}</span>
            </Button>
          )}
        </Group>
      </Stack>
    </div>
  )
}
