import { ActionIcon, Autocomplete, Button, Group, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import { Section } from '../ui/Facts.tsx'
import type { StateWord } from './mapping.ts'

interface Props {
  /** What a word can mean. */
  states: readonly string[]
  /** Words that stand in the first rows. */
  found: readonly string[]
  value: readonly StateWord[]
  onChange: (words: StateWord[]) => void
}

/** What words of the file mean that say a state and are not known here. */
export function StateMapping({ states, found, value, onChange }: Props) {
  const data = states.map((state) => ({ value: state, label: state.replaceAll('_', ' ') }))
  const set = (at: number, part: Partial<StateWord>): void =>
    onChange(value.map((one, other) => (other === at ? { ...one, ...part } : one)))
  return (
    <Section title={t('importNew.states')}>
      <p className="soft" style={{ marginTop: 0 }}>
        {t('importNew.statesHelp')}
      </p>
      {value.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- what is edited has no identity but its place
        <Group key={at} gap="xs" align="end" mb="xs">
          <Autocomplete
            label={t('importNew.stateWord')}
            data={[...found]}
            maxLength={100}
            value={one.word}
            onChange={(word) => set(at, { word })}
            autoFocus={one.word === ''}
          />
          <Select
            label={t('importNew.stateMeans')}
            data={data}
            value={one.state}
            onChange={(state) => set(at, { state })}
          />
          <ActionIcon
            size={36}
            aria-label={t('importNew.dropState', { word: one.word })}
            onClick={() => onChange(value.filter((_, other) => other !== at))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button variant="default" onClick={() => onChange([...value, { word: '', state: null }])}>
        {t('importNew.addState')}
      </Button>
    </Section>
  )
}
