import { Select } from '@mantine/core'
import { skills } from '../../contract/skills.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'

/** People who have a skill; for whoever keeps skills, once there are any. */
export function SkillFilter({
  skill,
  onChange,
}: {
  skill: string | undefined
  onChange: (skill: string | undefined) => void
}) {
  const mayAsk = useMay('people.write')
  const asked = useAsk(skills.list, {}, { enabled: mayAsk })
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t('people.skills')}
      placeholder={t('people.anySkill')}
      clearable
      searchable
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={skill ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  )
}
