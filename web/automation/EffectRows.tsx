import { ActionIcon, Button, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { effectKinds, mayNeedSkills, type RuleEffect } from '../../contract/ticket-rules.ts'
import { SkillsField } from '../people/SkillsField.tsx'
import { t } from '../platform/i18n.ts'
import { fieldError } from '../ui/Form.tsx'
import { replaced, without } from './places.ts'
import classes from './Rules.module.css'
import { ValueInput } from './ValueInput.tsx'

interface Props {
  /** Of a rule, or of a macro, which says what it says in its text. */
  role: 'do' | 'macro'
  effects: readonly RuleEffect[]
  names: Readonly<Record<string, string>>
  error?: unknown
  onChange: (effects: RuleEffect[]) => void
}

/** What is done with a ticket, one effect a line. */
export function EffectRows({ role, effects, names, error = null, onChange }: Props) {
  const kinds = effectKinds.filter((kind) => role === 'do' || (kind !== 'note' && kind !== 'reply'))
  return (
    <>
      {effects.map((effect, place) => (
        <div key={`${place}-${effect.do}`}>
          <div className={classes['row']}>
            <Select
              label={t('rules.do')}
              w={200}
              allowDeselect={false}
              data={kinds.map((value) => ({ value, label: t(`rules.effect.${value}`) }))}
              value={effect.do}
              onChange={(next) => next !== null && onChange(replaced(effects, place, { do: next, value: '' }))}
            />
            <div className={classes['value']}>
              <ValueInput
                role={role}
                field={effect.do}
                values={effect.value === '' ? [] : [effect.value]}
                names={names}
                onChange={([value = '']) =>
                  onChange(
                    replaced(effects, place, {
                      do: effect.do,
                      value,
                      ...(mayNeedSkills(role, { do: effect.do, value }) ? { skills: effect.skills ?? [] } : {}),
                    }),
                  )
                }
              />
            </div>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('rules.dropEffect', { n: place + 1 })}
              onClick={() => onChange(without(effects, place))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
          {mayNeedSkills(role, effect) && (
            <div className={classes['under']}>
              <SkillsField
                label={t('rules.skills')}
                description={t('rules.skillsHelp')}
                value={effect.skills ?? []}
                known={(effect.skills ?? []).flatMap((id) =>
                  names[id] === undefined ? [] : [{ id, name: names[id] }],
                )}
                error={fieldError(error, `effects.${place}.skills`)}
                onChange={(skills) => onChange(replaced(effects, place, { ...effect, skills }))}
              />
            </div>
          )}
        </div>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => onChange([...effects, { do: 'urgency', value: '' }])}>
        {t('rules.addEffect')}
      </Button>
    </>
  )
}
