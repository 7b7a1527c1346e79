import {
  Checkbox,
  CloseButton,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { Ref } from '../../contract/action.ts'
import { type MajorIncident, majorIncidents } from '../../contract/major-incidents.ts'
import { teams } from '../../contract/people.ts'
import { PersonField } from '../people/PersonField.tsx'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { fieldError, Form } from '../ui/Form.tsx'

interface Given {
  headline: string
  affected: string
  words: string
  updateMinutes: number
  commander: Ref | null
  communications: Ref | null
  technical: Ref | null
  everyone: boolean
  teams: string[]
  persons: Ref[]
  addresses: string[]
}

/** Declares a ticket a major incident, or changes one: who leads, whom it is told and how often. What is typed is kept. */
export function IncidentDialog({
  ticket,
  incident,
  onClose,
}: {
  ticket: { id: string; title?: string }
  incident: MajorIncident | null
  onClose: () => void
}) {
  const me = useMe()?.person ?? null
  const begun: Given = {
    headline: incident?.headline ?? ticket.title ?? '',
    affected: incident?.affected ?? '',
    words: '',
    updateMinutes: incident?.updateMinutes ?? 30,
    commander: incident?.commander ?? me,
    communications: incident?.communications ?? me,
    technical: incident?.technical ?? null,
    everyone: incident?.everyone ?? true,
    teams: incident?.teams.map(({ id }) => id) ?? [],
    persons: incident?.persons ?? [],
    addresses: incident?.addresses ?? [],
  }
  const [form, keep, drop] = useDraft(
    `major-incident:${incident?.id ?? ticket.id}:${incident?.version ?? 'new'}`,
    begun,
  )
  const set = (part: Partial<Given>): void => keep({ ...form, ...part })
  const done = {
    onDone: () => {
      drop()
      onClose()
    },
  }
  const declare = useAct(majorIncidents.declare, done)
  const edit = useAct(majorIncidents.edit, done)
  const act = incident === null ? declare : edit
  const wrong = (path: string): string | undefined => fieldError(act.error, path)
  const known = useAsk(teams.list, { limit: 200 })
  const { commander, communications, technical, persons, words, ...plain } = form
  const submit = (): void => {
    if (commander === null || communications === null) return
    const given = {
      ...plain,
      commander: commander.id,
      communications: communications.id,
      technical: technical?.id ?? null,
      persons: persons.map(({ id }) => id),
    }
    if (incident === null) declare.mutate({ id: ticket.id, ...given, words })
    else edit.mutate({ id: incident.id, version: incident.version, ...given })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(incident === null ? 'incident.declareTitle' : 'incident.editTitle')}
      size="lg"
    >
      <Form
        onSubmit={submit}
        verb={t(incident === null ? 'incident.declare' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={
          form.headline.trim() === '' ||
          commander === null ||
          communications === null ||
          (incident === null && words.trim().length < 3)
        }
      >
        <Stack gap="sm">
          <TextInput
            label={t('incident.headline')}
            description={t('incident.headlineHelp')}
            required
            data-autofocus
            maxLength={200}
            value={form.headline}
            error={wrong('headline')}
            onChange={(event) => set({ headline: event.currentTarget.value })}
          />
          {incident === null && (
            <Textarea
              label={t('incident.words.update')}
              description={t('incident.wordsHelp.update')}
              required
              autosize
              minRows={3}
              maxLength={4000}
              value={words}
              error={wrong('words')}
              onChange={(event) => set({ words: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={t('incident.affected')}
            maxLength={1000}
            value={form.affected}
            error={wrong('affected')}
            onChange={(event) => set({ affected: event.currentTarget.value })}
          />
          <Group grow align="start">
            <PersonField
              label={t('incident.commander')}
              required
              value={commander}
              error={wrong('commander')}
              onChange={(person) => set({ commander: person })}
            />
            <PersonField
              label={t('incident.communications')}
              required
              value={communications}
              error={wrong('communications')}
              onChange={(person) => set({ communications: person })}
            />
          </Group>
          <Group grow align="start">
            <PersonField
              label={t('incident.technical')}
              value={technical}
              error={wrong('technical')}
              onChange={(person) => set({ technical: person })}
            />
            <NumberInput
              label={t('incident.minutes')}
              required
              min={5}
              max={1440}
              allowDecimal={false}
              value={form.updateMinutes}
              error={wrong('updateMinutes')}
              onChange={(minutes) => set({ updateMinutes: Number(minutes) || 30 })}
            />
          </Group>
          <Checkbox
            label={t('incident.everyone')}
            checked={form.everyone}
            onChange={(event) => set({ everyone: event.currentTarget.checked })}
          />
          <MultiSelect
            label={t('incident.teams')}
            searchable
            data={(known.data?.items ?? [])
              .filter((team) => team.active || form.teams.includes(team.id))
              .map((team) => ({ value: team.id, label: team.name }))}
            value={form.teams}
            error={wrong('teams')}
            onChange={(ids) => set({ teams: ids })}
          />
          <div>
            <PersonField
              label={t('incident.persons')}
              description={t('incident.personsHelp')}
              value={null}
              error={wrong('persons')}
              onChange={(person) => {
                if (person !== null && !persons.some(({ id }) => id === person.id))
                  set({ persons: [...persons, person] })
              }}
            />
            {persons.map((person) => (
              <Group key={person.id} gap={4}>
                {person.name}
                <CloseButton
                  size="sm"
                  aria-label={t('incident.leaveOut', { name: person.name })}
                  onClick={() => set({ persons: persons.filter(({ id }) => id !== person.id) })}
                />
              </Group>
            ))}
          </div>
          <TagsInput
            label={t('incident.addresses')}
            description={t('incident.addressesHelp')}
            value={form.addresses}
            error={wrong('addresses')}
            onChange={(addresses) => set({ addresses })}
          />
        </Stack>
      </Form>
    </Modal>
  )
}
