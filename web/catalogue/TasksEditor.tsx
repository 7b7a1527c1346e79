import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { ServiceTask } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import classes from './Catalogue.module.css'
import { Ordered } from './Ordered.tsx'
import { WhoField } from './WhoField.tsx'

/** What is done for an order: tasks in stages, those of one stage side by side. */
export function TasksEditor({
  tasks,
  onChange,
}: {
  tasks: readonly ServiceTask[]
  onChange: (tasks: ServiceTask[]) => void
}) {
  return (
    <>
      <Ordered items={tasks} onChange={onChange} nameOf={(task) => task.title}>
        {(task, set) => (
          <>
            <div className={classes['row']}>
              <TextInput
                label={t('catalogueSetup.taskTitle')}
                required
                maxLength={200}
                value={task.title}
                onChange={(event) => set({ ...task, title: event.currentTarget.value })}
              />
              <NumberInput
                label={t('catalogueSetup.stage')}
                min={1}
                max={50}
                value={task.stage}
                onChange={(stage) => set({ ...task, stage: Number(stage) || 1 })}
              />
              <NumberInput
                label={t('catalogueSetup.hours')}
                min={0.25}
                max={2000}
                value={task.hours ?? ''}
                onChange={(hours) => set({ ...task, hours: typeof hours === 'number' ? hours : null })}
              />
            </div>
            <Textarea
              label={t('catalogueSetup.taskDescription')}
              autosize
              maxLength={2000}
              value={task.description}
              onChange={(event) => set({ ...task, description: event.currentTarget.value })}
              mb="xs"
            />
            <div className={classes['row']}>
              <Select
                label={t('catalogueSetup.owner')}
                allowDeselect={false}
                data={(['ticket', 'team', 'queue', 'person'] as const).map((kind) => ({
                  value: kind,
                  label: t(`catalogueSetup.owner.${kind}`),
                }))}
                value={task.owner?.kind ?? 'ticket'}
                onChange={(kind) =>
                  set({ ...task, owner: kind === null || kind === 'ticket' ? null : { kind, id: '' } })
                }
              />
              {task.owner !== null && (
                <WhoField
                  kind={task.owner.kind}
                  id={task.owner.id}
                  onChange={(id) => set({ ...task, owner: { kind: task.owner!.kind, id } })}
                />
              )}
            </div>
          </>
        )}
      </Ordered>
      <Button
        variant="default"
        onClick={() =>
          onChange([...tasks, { title: '', description: '', stage: tasks.at(-1)?.stage ?? 1, owner: null, hours: 8 }])
        }
      >
        {t('catalogueSetup.addTask')}
      </Button>
    </>
  )
}
