import { Button, Checkbox, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Layer, onCall, type PathStep, type Schedule } from '../../contract/on-call.ts'
import { teams } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { readerZone } from '../platform/moments.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { allZones } from '../platform/zones.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import { LayerEditor } from './LayerEditor.tsx'
import { whomOptions } from './words.ts'

const today = (): string => new Date().toISOString().slice(0, 10)
const blankLayer = (name: string): Layer => ({
  name,
  members: [],
  turn: { unit: 'weeks', count: 1 },
  startsOn: today(),
  handoverAt: '09:00',
  hours: [],
})
const usualPath: PathStep[] = [
  { afterMinutes: 0, tell: 'on_call' },
  { afterMinutes: 15, tell: 'next_on_call' },
  { afterMinutes: 30, tell: 'lead' },
]

/** Who takes turns, and what happens until a call is taken. */
export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const [name, setName] = useState(schedule?.name ?? '')
  const [team, setTeam] = useState<string | null>(schedule?.team.id ?? null)
  const [zone, setZone] = useState(schedule?.zone ?? readerZone())
  const [active, activate] = useState(schedule?.active ?? true)
  const [layers, setLayers] = useState<Layer[]>(
    schedule?.layers.map(({ people: _people, ...layer }) => layer) ?? [blankLayer(t('onCall.firstLayer'))],
  )
  const [path, setPath] = useState<PathStep[]>(schedule?.path ?? usualPath)
  const names = new Map(schedule?.layers.flatMap((layer) => layer.people.map((p) => [p.id, p.name] as const)) ?? [])
  const known = useAsk(teams.list, { limit: 200 })
  const done = (): void => {
    tellDone(t('onCall.saved', { name }))
    onClose()
  }
  const create = useAct(onCall.create, { onDone: done })
  const edit = useAct(onCall.edit, { onDone: done })
  const failed = create.error ?? edit.error
  const submit = (): void => {
    if (schedule !== null) edit.mutate({ id: schedule.id, version: schedule.version, name, zone, layers, path, active })
    else if (team !== null) create.mutate({ team, name, zone, layers, path })
  }
  return (
    <Modal opened size="xl" onClose={onClose} title={t(schedule === null ? 'onCall.make' : 'onCall.edit')}>
      <Form
        onSubmit={submit}
        verb={t(schedule === null ? 'onCall.make' : 'save')}
        busy={create.isPending || edit.isPending}
        error={failed}
        onCancel={onClose}
        disabled={name.trim() === '' || team === null || layers.some((layer) => layer.members.length === 0)}
      >
        <Stack gap="md">
          <Group grow align="start" preventGrowOverflow={false}>
            <TextInput
              miw={200}
              label={t('onCall.name')}
              required
              data-autofocus
              value={name}
              error={fieldError(failed, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Select
              miw={180}
              label={t('onCall.team')}
              required
              searchable
              disabled={schedule !== null}
              data={(known.data?.items ?? [])
                .filter((one) => one.active)
                .map((one) => ({ value: one.id, label: one.name }))}
              value={team}
              onChange={setTeam}
            />
            <Select
              miw={180}
              label={t('onCall.zone')}
              searchable
              limit={50}
              data={allZones()}
              value={zone}
              error={fieldError(failed, 'zone')}
              onChange={(next) => setZone(next ?? zone)}
            />
          </Group>
          {layers.map((layer, index) => (
            <LayerEditor
              key={index}
              layer={layer}
              names={names}
              onChange={(next) => setLayers(layers.map((one, i) => (i === index ? next : one)))}
              onRemove={layers.length === 1 ? undefined : () => setLayers(layers.filter((_, i) => i !== index))}
            />
          ))}
          <Group>
            <Button
              size="xs"
              variant="default"
              onClick={() => setLayers([...layers, blankLayer(t('onCall.nextLayer', { n: layers.length + 1 }))])}
            >
              {t('onCall.addLayer')}
            </Button>
            <span className="soft">{t('onCall.layerHelp')}</span>
          </Group>
          <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
            <legend className="label">{t('onCall.path')}</legend>
            <Stack gap={6} mt={6}>
              {path.map((step, index) => (
                <Group key={index} gap="xs" align="end">
                  <NumberInput
                    w={130}
                    size="xs"
                    min={0}
                    max={10_080}
                    allowDecimal={false}
                    label={t('onCall.afterMinutes')}
                    value={step.afterMinutes}
                    onChange={(n) =>
                      setPath(path.map((one, i) => (i === index ? { ...one, afterMinutes: Number(n) || 0 } : one)))
                    }
                  />
                  <Select
                    w={220}
                    size="xs"
                    label={t('onCall.tell')}
                    data={whomOptions()}
                    value={step.tell}
                    onChange={(tell) =>
                      setPath(path.map((one, i) => (i === index ? { ...one, tell: tell ?? one.tell } : one)))
                    }
                  />
                  {path.length > 1 && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="gray"
                      mb={4}
                      onClick={() => setPath(path.filter((_, i) => i !== index))}
                    >
                      {t('onCall.removeStep')}
                      <span className="unseen"> {index + 1}</span>
                    </Button>
                  )}
                </Group>
              ))}
              <div>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() =>
                    setPath([...path, { afterMinutes: (path.at(-1)?.afterMinutes ?? 0) + 15, tell: 'coordinators' }])
                  }
                >
                  {t('onCall.addStep')}
                </Button>
              </div>
            </Stack>
          </fieldset>
          {schedule !== null && (
            <Checkbox
              size="xs"
              label={t('onCall.active')}
              checked={active}
              onChange={(event) => activate(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
