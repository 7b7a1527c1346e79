import { Button, Group, Menu, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { calendars } from '../../contract/calendars.ts'
import { presetKinds, type Conditions, type Target } from '../../contract/service-levels.ts'
import { categories, queues } from '../../contract/queues.ts'
import { teams } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { clockKind } from '../ui/ClockChip.tsx'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import { isPreset, newTarget } from './new-targets.ts'
import { TargetEditor } from './TargetEditor.tsx'
import { TriedOrder } from './TriedOrder.tsx'
import { TriedTargets } from './TriedTargets.tsx'

export interface ServiceLevelDraft {
  name: string
  calendar: string | null
  conditions: Conditions
  targets: Target[]
}
interface Props {
  /** The level that is edited; null for a new one. */
  level: string | null
  draft: ServiceLevelDraft
  verb: string
  busy: boolean
  error: unknown
  refused?: string | null
  help?: string
  onSave: (draft: ServiceLevelDraft) => void
  onCancel: () => void
}

const listOrNone = <T,>(values: T[]): T[] | undefined => (values.length === 0 ? undefined : values)

/** Which tickets it takes, on which calendar, and what it promises. */
export function ServiceLevelForm({
  level,
  draft: initial,
  verb,
  busy,
  error,
  refused = null,
  help,
  onSave,
  onCancel,
}: Props) {
  const [draft, setDraft] = useState(initial)
  const [known] = useState(() => new Set(initial.targets.map((target) => target.kind)))
  const set = (change: Partial<ServiceLevelDraft>): void => setDraft((before) => ({ ...before, ...change }))
  const condition = (change: Record<string, unknown>): void =>
    set({
      conditions: Object.fromEntries(
        Object.entries({ ...draft.conditions, ...change }).filter(([, value]) => value !== undefined),
      ),
    })
  const hours = useAsk(calendars.list, {})
  const allQueues = useAsk(queues.list, {})
  const tree = useAsk(categories.list, {})
  const failed = hours.error ?? allQueues.error ?? tree.error
  const teamsKnown = useAsk(teams.list, {})
  const places = {
    queues: (allQueues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
    teams: (teamsKnown.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  }
  const add = (target: Target): void => set({ targets: [...draft.targets, target] })
  const free = presetKinds.filter((kind) => !draft.targets.some((target) => target.kind === kind))
  if (failed !== null && (hours.data === undefined || allQueues.data === undefined || tree.data === undefined))
    return (
      <ErrorView
        error={failed}
        onRetry={() => void Promise.all([hours.refetch(), allQueues.refetch(), tree.refetch()])}
      />
    )
  return (
    <div>
      <Form
        onSubmit={() => onSave(draft)}
        verb={verb}
        busy={busy}
        error={error}
        onCancel={onCancel}
        disabled={draft.name.trim() === '' || draft.calendar === null || draft.targets.length === 0 || refused !== null}
      >
        {refused !== null && <p className="soft">{refused}</p>}
        <Group grow align="start" preventGrowOverflow={false}>
          <TextInput
            miw={200}
            label={t('calendars.name')}
            required
            value={draft.name}
            error={fieldError(error, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            miw={200}
            label={t('calendar.title')}
            required
            data={(hours.data?.items ?? []).map((calendar) => ({ value: calendar.id, label: calendar.name }))}
            value={draft.calendar}
            error={fieldError(error, 'calendar')}
            onChange={(calendar) => set({ calendar })}
          />
        </Group>
        <Section title={t('serviceLevels.conditions')}>
          <p className="soft" style={{ marginTop: 0 }}>
            {t('serviceLevels.conditionsHelp')}
          </p>
          <Stack gap="sm">
            <MultiSelect
              label={t('column.kind')}
              data={(['incident', 'request'] as const).map((kind) => ({
                value: kind,
                label: t(`ticket.kind.${kind}`),
              }))}
              value={draft.conditions.kinds ?? []}
              onChange={(kinds) => condition({ kinds: listOrNone(kinds) })}
            />
            <MultiSelect
              label={t('column.priority')}
              data={([1, 2, 3, 4, 5] as const).map((p) => ({ value: String(p), label: t(`ticket.priority.${p}`) }))}
              value={(draft.conditions.priorities ?? []).map(String)}
              onChange={(values) => condition({ priorities: listOrNone(values.map(Number)) })}
            />
            <MultiSelect
              label={t('column.queue')}
              searchable
              limit={60}
              data={(allQueues.data?.items ?? []).map((queue) => ({ value: queue.id, label: queue.name }))}
              value={draft.conditions.queues ?? []}
              onChange={(values) => condition({ queues: listOrNone(values) })}
            />
            <MultiSelect
              label={t('column.category')}
              description={t('serviceLevels.branch')}
              searchable
              limit={60}
              data={(tree.data?.items ?? []).map((category) => ({ value: category.id, label: category.path }))}
              value={draft.conditions.categories ?? []}
              onChange={(values) => condition({ categories: listOrNone(values) })}
            />
          </Stack>
        </Section>
        <TriedOrder level={level} conditions={draft.conditions} />
        <Section
          title={t('serviceLevels.targets')}
          actions={
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default">{t('serviceLevels.addTarget')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {free.map((kind) => (
                  <Menu.Item key={kind} onClick={() => add(newTarget.preset(kind))}>
                    {clockKind(kind)}
                  </Menu.Item>
                ))}
                <Menu.Divider />
                <Menu.Item onClick={() => add(newTarget.team())}>{t('serviceLevels.addTeamTarget')}</Menu.Item>
                <Menu.Item onClick={() => add(newTarget.own())}>{t('serviceLevels.addOwnTarget')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          }
        >
          {draft.targets.map((target, index) => (
            <TargetEditor
              key={isPreset(target.kind) || known.has(target.kind) ? target.kind : index}
              target={target}
              free={free}
              places={places}
              isNew={!known.has(target.kind)}
              onChange={(next) => set({ targets: draft.targets.map((one, i) => (i === index ? next : one)) })}
              onRemove={() => set({ targets: draft.targets.filter((_, i) => i !== index) })}
            />
          ))}
        </Section>
        {level !== null && <TriedTargets level={level} calendar={draft.calendar} targets={draft.targets} />}
        {help !== undefined && <p className="soft">{help}</p>}
      </Form>
    </div>
  )
}
