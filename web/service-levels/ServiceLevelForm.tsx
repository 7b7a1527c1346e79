import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { calendars } from '../../contract/calendars.ts'
import type { Conditions, Target } from '../../contract/service-levels.ts'
import { categories, queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import { TargetEditor, targetKinds } from './TargetEditor.tsx'

export interface ServiceLevelDraft {
  name: string
  calendar: string | null
  conditions: Conditions
  targets: Target[]
}
interface Props {
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
export function ServiceLevelForm({ draft: initial, verb, busy, error, refused = null, help, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(initial)
  const set = (change: Partial<ServiceLevelDraft>): void => setDraft((before) => ({ ...before, ...change }))
  const condition = (change: Record<string, unknown>): void =>
    set({
      conditions: Object.fromEntries(
        Object.entries({ ...draft.conditions, ...change }).filter(([, value]) => value !== undefined),
      ),
    })
  const known = useAsk(calendars.list, {})
  const allQueues = useAsk(queues.list, {})
  const tree = useAsk(categories.list, {})
  const failed = known.error ?? allQueues.error ?? tree.error
  const free = targetKinds.filter((kind) => !draft.targets.some((target) => target.kind === kind))
  if (failed !== null && (known.data === undefined || allQueues.data === undefined || tree.data === undefined))
    return (
      <ErrorView
        error={failed}
        onRetry={() => void Promise.all([known.refetch(), allQueues.refetch(), tree.refetch()])}
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
            data={(known.data?.items ?? []).map((calendar) => ({ value: calendar.id, label: calendar.name }))}
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
        <Section
          title={t('serviceLevels.targets')}
          actions={
            free.length > 0 && (
              <Button
                variant="default"
                onClick={() =>
                  set({
                    targets: [
                      ...draft.targets,
                      {
                        kind: free[0] ?? 'resolution',
                        seconds: 4 * 3600,
                        pauseIn: [],
                        resetOnReopen: false,
                        ladder: [],
                      },
                    ],
                  })
                }
              >
                {t('serviceLevels.addTarget')}
              </Button>
            )
          }
        >
          {draft.targets.map((target, index) => (
            <TargetEditor
              key={target.kind}
              target={target}
              free={free}
              onChange={(next) => set({ targets: draft.targets.map((one, i) => (i === index ? next : one)) })}
              onRemove={() => set({ targets: draft.targets.filter((_, i) => i !== index) })}
            />
          ))}
        </Section>
        {help !== undefined && <p className="soft">{help}</p>}
      </Form>
    </div>
  )
}
