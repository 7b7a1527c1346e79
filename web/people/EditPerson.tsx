import { Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { people, type Person } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { PersonField } from './PersonField.tsx'
import { SkillsField } from './SkillsField.tsx'
import { personKindWord } from './words.ts'

const kinds = ['employee', 'contractor', 'vendor_contact'] as const
const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text)

export function EditPerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const [form, setForm] = useState({
    name: person.name,
    emails: person.emails.join(', '),
    kind: person.kind,
    department: person.department ?? '',
    site: person.site ?? '',
    costCentre: person.costCentre ?? '',
    username: person.username ?? '',
    jobTitle: person.jobTitle ?? '',
    employeeNumber: person.employeeNumber ?? '',
    phone: person.phone ?? '',
    manager: person.manager,
    sponsor: person.sponsor,
    skills: person.skills.map(({ id }) => id),
    startsOn: person.startsOn,
    endsOn: person.endsOn,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const edit = useAct(people.edit, { onDone: onClose })
  const submit = (): void =>
    edit.mutate({
      id: person.id,
      version: person.version,
      name: form.name,
      emails: form.emails.split(/[,\s]+/).filter((address) => address !== ''),
      kind: form.kind,
      department: textOrNull(form.department),
      site: textOrNull(form.site),
      costCentre: textOrNull(form.costCentre),
      username: textOrNull(form.username),
      jobTitle: textOrNull(form.jobTitle),
      employeeNumber: textOrNull(form.employeeNumber),
      phone: textOrNull(form.phone),
      manager: form.manager?.id ?? null,
      sponsor: form.sponsor?.id ?? null,
      skills: form.skills,
      startsOn: form.startsOn,
      endsOn: form.endsOn,
    })
  const text = (
    field:
      | 'name'
      | 'emails'
      | 'department'
      | 'site'
      | 'costCentre'
      | 'username'
      | 'jobTitle'
      | 'employeeNumber'
      | 'phone',
    label: string,
    required = false,
  ) => (
    <TextInput
      label={label}
      required={required}
      value={form[field]}
      error={fieldError(edit.error, field)}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <Modal opened onClose={onClose} title={t('person.edit', { name: person.name })} size="lg">
      <Form onSubmit={submit} verb={t('save')} busy={edit.isPending} error={edit.error} onCancel={onClose}>
        <Stack gap="sm">
          {text('name', t('people.name'), true)}
          {text('emails', t('people.emails'))}
          <Group grow align="start">
            <Select
              label={t('people.kind')}
              data={kinds.map((kind) => ({ value: kind, label: personKindWord(kind) }))}
              value={form.kind}
              onChange={(kind) => set({ kind: kind ?? 'employee' })}
            />
            {text('phone', t('people.phone'))}
          </Group>
          <Group grow align="start">
            {text('department', t('people.department'))}
            {text('site', t('people.site'))}
          </Group>
          <Group grow align="start">
            {text('jobTitle', t('people.jobTitle'))}
            {text('username', t('people.username'))}
          </Group>
          <Group grow align="start">
            {text('employeeNumber', t('people.employeeNumber'))}
            {text('costCentre', t('people.costCentre'))}
          </Group>
          <PersonField
            label={t('people.manager')}
            value={form.manager}
            onChange={(manager) => set({ manager })}
            error={fieldError(edit.error, 'manager')}
          />
          {form.kind !== 'employee' && (
            <PersonField
              label={t('people.sponsor')}
              value={form.sponsor}
              onChange={(sponsor) => set({ sponsor })}
              error={fieldError(edit.error, 'sponsor')}
            />
          )}
          <SkillsField
            label={t('people.skills')}
            value={form.skills}
            known={person.skills}
            error={fieldError(edit.error, 'skills')}
            onChange={(skills) => set({ skills })}
          />
          <Group grow align="start">
            <DayInput label={t('people.starts')} value={form.startsOn} onChange={(startsOn) => set({ startsOn })} />
            <DayInput label={t('people.ends')} value={form.endsOn} onChange={(endsOn) => set({ endsOn })} />
          </Group>
        </Stack>
      </Form>
    </Modal>
  )
}
