import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Skill, skills } from '../../contract/skills.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import classes from './Settings.module.css'
import { OrganisationTabs } from './tabs.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { fieldError, Form } from '../ui/Form.tsx'
import { ListPage, wholeList } from '../ui/ListPage.tsx'

const columns = (open: (skill: Skill) => void): Column<Skill>[] => [
  {
    id: 'name',
    title: t('calendars.name'),
    width: 260,
    main: true,
    render: (row) => (
      <button type="button" className={classes['row']} onClick={() => open(row)}>
        {row.name}
      </button>
    ),
  },
  {
    id: 'people',
    title: t('skills.people'),
    width: 140,
    render: (row) => (
      <Link to={paths.people} search={{ skill: row.id }}>
        {t('skills.has', { n: row.people })}
      </Link>
    ),
  },
  { id: 'needed', title: t('skills.neededBy'), width: 'grow', render: (row) => row.neededBy.join(', ') },
  {
    id: 'active',
    title: t('vendors.standing'),
    width: 120,
    render: (row) => (row.active ? t('skills.inUse') : <span className="soft">{t('skills.closed')}</span>),
  },
]

/** What people can do that others cannot, who has it, and what needs it. */
export default function SkillsPage() {
  const asked = useAsk(skills.list, {})
  const [open, setOpen] = useState<Skill | 'new' | null>(null)
  const button = (
    <ActionButton action={skills.create} onClick={() => setOpen('new')}>
      {t('skills.add')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('skills.title')}
        tabs={<OrganisationTabs current="skills" />}
        list={wholeList(asked)}
        columns={columns(setOpen)}
        actions={button}
        empty={{ title: t('skills.empty'), help: t('skills.emptyHelp'), action: button }}
      />
      {open !== null && <SkillForm skill={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  )
}

function SkillForm({ skill, onClose }: { skill: Skill | null; onClose: () => void }) {
  const [name, setName] = useState(skill?.name ?? '')
  const [active, setActive] = useState(skill?.active ?? true)
  const create = useAct(skills.create, { onDone: onClose })
  const edit = useAct(skills.edit, { onDone: onClose })
  const act = skill === null ? create : edit
  const whyOpen = skill?.active === true ? (skill.refusals['close']?.sentence ?? null) : null
  return (
    <Modal opened onClose={onClose} title={t(skill === null ? 'skills.add' : 'skills.edit')}>
      <Form
        onSubmit={() =>
          skill === null ? create.mutate({ name }) : edit.mutate({ id: skill.id, version: skill.version, name, active })
        }
        verb={t(skill === null ? 'skills.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={name.trim() === ''}
      >
        <Stack gap="sm">
          <TextInput
            label={t('calendars.name')}
            required
            data-autofocus
            maxLength={80}
            value={name}
            error={fieldError(act.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {skill !== null && (
            <Checkbox
              size="xs"
              label={t('skills.active')}
              description={whyOpen ?? t('skills.activeHelp')}
              checked={active}
              disabled={whyOpen !== null}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}
