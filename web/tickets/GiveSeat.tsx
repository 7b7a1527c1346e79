import { Button, Group, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { type Approval, approvals } from '../../contract/approvals.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { FailureNote, fieldError } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

/** Asks somebody else in place of those who are asked and do not answer, with a reason that stands in the course of the ticket. */
export function GiveSeat({ approval, onClose }: { approval: Approval; onClose: () => void }) {
  const seats = approval.stages.filter((stage) => stage.state === 'waiting').flatMap((stage) => stage.seats)
  const [seat, setSeat] = useState<string | null>(seats.length === 1 ? seats[0]!.id : null)
  const [person, setPerson] = useState<Ref | null>(null)
  const [reason, setReason] = useState('')
  const give = useAct(approvals.give, {
    onDone: () => {
      tellDone(t('giveSeat.done', { name: person?.name ?? '' }))
      onClose()
    },
  })
  const isWhole = seat !== null && person !== null && reason.trim() !== ''
  return (
    <form
      aria-label={t('giveSeat.verb')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) give.mutate({ id: approval.id, seat, person: person.id, reason })
      }}
    >
      {seats.length > 1 && (
        <Select
          label={t('giveSeat.instead')}
          required
          allowDeselect={false}
          data={seats.map(({ id, label, candidates }) => ({
            value: id,
            label: candidates.length === 1 ? candidates[0]!.person.name : label,
          }))}
          value={seat}
          onChange={setSeat}
        />
      )}
      <PersonField
        label={t('giveSeat.who')}
        required
        value={person}
        error={fieldError(give.error, 'person')}
        onChange={setPerson}
      />
      <Textarea
        label={t('giveSeat.why')}
        required
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={fieldError(give.error, 'reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureNote error={give.error} />
      <Group gap={6} mt={6}>
        <Button size="compact-sm" type="submit" loading={give.isPending} disabled={!isWhole}>
          {t('giveSeat.verb')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}
