import { ActionIcon, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { LadderStep } from '../../contract/commitments.ts'
import type { Target } from '../../contract/service-levels.ts'
import { ticketStates } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { clockKind } from '../ui/ClockChip.tsx'
import { ConditionsEditor, type Places } from './ConditionsEditor.tsx'
import { LadderStepEditor } from './LadderStepEditor.tsx'
import { isPreset } from './new-targets.ts'
import { TargetLength } from './TargetLength.tsx'
import classes from './ServiceLevels.module.css'

/**
 * A target: what it is, its length, when its clock runs, and who hears before and after it is missed. `isNew`: it was added on this page, so that its
 * name, by which it is known, can still be chosen.
 */
export function TargetEditor({
  target,
  free,
  places,
  isNew,
  onChange,
  onRemove,
}: {
  target: Target
  free: readonly Target['kind'][]
  places: Places
  isNew: boolean
  onChange: (target: Target) => void
  onRemove: () => void
}) {
  const inDays = target.workingDays !== undefined
  const steps = (ladder: LadderStep[]): void => onChange({ ...target, ladder })
  return (
    <div className={classes['targetCard']} role="group" aria-label={clockKind(target.kind)}>
      <div className={classes['row']}>
        {isPreset(target.kind) ? (
          <Select
            className={classes['grow'] ?? ''}
            label={t('target.kind')}
            data={[target.kind, ...free].map((kind) => ({ value: kind, label: clockKind(kind) }))}
            value={target.kind}
            onChange={(kind) => onChange({ ...target, kind: kind ?? target.kind })}
          />
        ) : (
          <>
            <TextInput
              className={classes['grow'] ?? ''}
              label={t('target.name')}
              description={isNew ? null : t('target.nameHelp')}
              required
              readOnly={!isNew}
              maxLength={59}
              value={target.kind}
              onChange={(event) => onChange({ ...target, kind: event.currentTarget.value })}
            />
            <Select
              w={170}
              label={t('target.party')}
              data={(['customer', 'team'] as const).map((party) => ({
                value: party,
                label: t(`target.party.${party}`),
              }))}
              value={target.party ?? 'customer'}
              onChange={(party) => onChange({ ...target, party: party ?? 'customer' })}
            />
          </>
        )}
        <TargetLength target={target} onChange={onChange} />
        <ActionIcon mb={4} aria-label={t('target.remove', { kind: clockKind(target.kind) })} onClick={onRemove}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      {inDays && (
        <Checkbox
          size="xs"
          label={t('target.endOfDay')}
          checked={target.endOfDay === true}
          onChange={(event) => onChange({ ...target, endOfDay: event.currentTarget.checked })}
        />
      )}
      <MultiSelect
        label={t('target.pauseIn')}
        description={t('target.pauseHelp')}
        data={ticketStates
          .filter((state) => state !== 'resolved' && state !== 'closed')
          .map((state) => ({ value: state, label: t(`ticket.state.${state}`) }))}
        value={target.pauseIn}
        onChange={(states) => onChange({ ...target, pauseIn: states })}
      />
      {target.when === undefined ? (
        target.kind === 'resolution' && (
          <Checkbox
            size="xs"
            label={t('target.resetOnReopen')}
            checked={target.resetOnReopen}
            onChange={(event) => onChange({ ...target, resetOnReopen: event.currentTarget.checked })}
          />
        )
      ) : (
        <ConditionsEditor when={target.when} places={places} onChange={(when) => onChange({ ...target, when })} />
      )}
      <div className={classes['steps']}>
        <div className={classes['row']}>
          <span className={classes['grow']}>{t('target.ladder')}</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              steps([
                ...target.ladder,
                {
                  step: `step-${target.ladder.length + 1}-${Date.now() % 10_000}`,
                  percent: 75,
                  notify: ['owner'],
                  raisePriority: false,
                },
              ])
            }
          >
            {t('target.addStep')}
          </Button>
        </div>
        {target.ladder.map((step, index) => (
          <LadderStepEditor
            key={step.step}
            step={step}
            onChange={(next) => steps(target.ladder.map((one, i) => (i === index ? next : one)))}
            onRemove={() => steps(target.ladder.filter((_, i) => i !== index))}
          />
        ))}
      </div>
    </div>
  )
}
