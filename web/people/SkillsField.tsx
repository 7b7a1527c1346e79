import { MultiSelect } from '@mantine/core'
import type { Ref } from '../../contract/action.ts'
import { skills } from '../../contract/skills.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'

interface Props {
  label: string
  description?: string
  value: readonly string[]
  /** Names of those chosen before, of which some may be closed by now. */
  known: readonly Ref[]
  error?: string | undefined
  onChange: (ids: string[]) => void
}

/** Skills by name: those in use, and those chosen before. */
export function SkillsField({ label, description, value, known, error, onChange }: Props) {
  const mayAsk = useMay('people.write')
  const asked = useAsk(skills.list, {}, { enabled: mayAsk })
  const options = (asked.data?.items ?? [])
    .filter((skill) => skill.active)
    .map((skill) => ({ value: skill.id, label: skill.name }))
  for (const { id, name } of known)
    if (!options.some((option) => option.value === id)) options.push({ value: id, label: name })
  return (
    <MultiSelect
      label={label}
      description={description}
      data={options}
      value={[...value]}
      error={error}
      searchable
      disabled={!mayAsk}
      nothingFoundMessage={
        asked.error !== null ? t('skills.notFetched') : asked.isLoading ? t('state.loading') : t('skills.nothing')
      }
      onChange={onChange}
    />
  )
}
