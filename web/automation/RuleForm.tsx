import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import {
  conditionFields,
  type RuleCondition,
  type RuleEffect,
  ruleEvents,
  type RuleEvent,
} from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { EffectRows } from './EffectRows.tsx'
import { replaced, without } from './places.ts'
import classes from './Rules.module.css'
import { ValueInput } from './ValueInput.tsx'

export interface RuleDraft {
  name: string
  event: RuleEvent
  waitsSeconds: number | null
  conditions: RuleCondition[]
  effects: RuleEffect[]
  stops: boolean
}

export const emptyDraft: RuleDraft = {
  name: '',
  event: 'opened',
  waitsSeconds: null,
  conditions: [{ field: 'text', not: false, any: [] }],
  effects: [{ do: 'queue', value: '' }],
  stops: false,
}

const daySeconds = 86_400

interface Props {
  draft: RuleDraft
  names: Readonly<Record<string, string>>
  verb: string
  busy: boolean
  error: unknown
  onChange: (draft: RuleDraft) => void
  onSubmit: () => void
  onCancel: () => void
}

export const isWhole = (draft: RuleDraft): boolean =>
  draft.name.trim() !== '' &&
  draft.conditions.every(({ any }) => any.length > 0) &&
  draft.effects.length > 0 &&
  draft.effects.every(({ value }) => value.trim() !== '') &&
  (draft.event !== 'waits' || draft.waitsSeconds !== null)

/** A rule as its parts: when, if, and what then. */
export function RuleForm({ draft, names, verb, busy, error, onChange, onSubmit, onCancel }: Props) {
  const set = (change: Partial<RuleDraft>): void => onChange({ ...draft, ...change })
  return (
    <Form onSubmit={onSubmit} verb={verb} busy={busy} error={error} onCancel={onCancel} disabled={!isWhole(draft)}>
      <TextInput
        label={t('rules.name')}
        required
        maw={420}
        value={draft.name}
        error={fieldError(error, 'name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Section title={t('rules.when')}>
        <div className={classes['row']}>
          <Select
            label={t('rules.event')}
            w={320}
            maw="100%"
            allowDeselect={false}
            data={ruleEvents.map((value) => ({ value, label: t(`rules.event.${value}`) }))}
            value={draft.event}
            onChange={(event) =>
              event !== null && set({ event, waitsSeconds: event === 'waits' ? 5 * daySeconds : null })
            }
          />
          {draft.event === 'waits' && (
            <NumberInput
              label={t('rules.days')}
              w={140}
              min={1}
              max={366}
              value={draft.waitsSeconds === null ? '' : Math.round(draft.waitsSeconds / daySeconds)}
              error={fieldError(error, 'waitsSeconds')}
              onChange={(days) => set({ waitsSeconds: typeof days === 'number' ? days * daySeconds : null })}
            />
          )}
        </div>
      </Section>
      <Section title={t('rules.if')}>
        {draft.conditions.map((condition, place) => (
          <div key={`${place}-${condition.field}`} className={classes['row']}>
            <Select
              label={t('rules.field')}
              w={200}
              allowDeselect={false}
              data={conditionFields.map((value) => ({ value, label: t(`rules.field.${value}`) }))}
              value={condition.field}
              onChange={(field) =>
                field !== null && set({ conditions: replaced(draft.conditions, place, { field, not: false, any: [] }) })
              }
            />
            <Select
              label={t('rules.holds')}
              w={110}
              allowDeselect={false}
              data={[
                { value: 'is', label: t('rules.is') },
                { value: 'not', label: t('rules.isNot') },
              ]}
              value={condition.not ? 'not' : 'is'}
              onChange={(next) =>
                set({ conditions: replaced(draft.conditions, place, { ...condition, not: next === 'not' }) })
              }
            />
            <div className={classes['value']}>
              <ValueInput
                role="if"
                field={condition.field}
                values={condition.any}
                names={names}
                onChange={(any) => set({ conditions: replaced(draft.conditions, place, { ...condition, any }) })}
              />
            </div>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('rules.dropCondition', { n: place + 1 })}
              onClick={() => set({ conditions: without(draft.conditions, place) })}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {draft.conditions.length === 0 && <p className="soft">{t('rules.always')}</p>}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => set({ conditions: [...draft.conditions, { field: 'text', not: false, any: [] }] })}
        >
          {t('rules.addCondition')}
        </Button>
      </Section>
      <Section title={t('rules.then')}>
        <EffectRows
          role="do"
          effects={draft.effects}
          names={names}
          error={error}
          onChange={(effects) => set({ effects })}
        />
        <Checkbox
          mt="md"
          size="xs"
          label={t('rules.stops')}
          checked={draft.stops}
          onChange={(event) => set({ stops: event.currentTarget.checked })}
        />
      </Section>
    </Form>
  )
}
