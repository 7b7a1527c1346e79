import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { type Approval, approvals } from '../../contract/approvals.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { PersonField } from '../people/PersonField.tsx'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { FailureNote } from '../ui/Form.tsx'
import { tellFailed } from '../ui/told.ts'
import { GiveSeat } from './GiveSeat.tsx'
import { SideSection } from './SideSection.tsx'

/** The approvals of a ticket, and the way to ask for one. What was said stands on the page of each. */
export function TicketApprovals({ ticket }: { ticket: Ticket }) {
  const asked = useAsk(approvals.of, { subject: ticket.id })
  const mayAsk = useMay('commitments.make') && ticket.refusals['assign'] === null
  return (
    <SideSection
      title={t('ticketApprovals.title')}
      asked={asked}
      add={
        mayAsk ? { words: t('ticketApprovals.ask'), form: (close) => <AskOne ticket={ticket} onClose={close} /> } : null
      }
    >
      {(items) => items.map((a) => <OneApproval key={a.id} a={a} />)}
    </SideSection>
  )
}

function OneApproval({ a }: { a: Approval }) {
  const withdraw = useAct(approvals.withdraw)
  const [sure, ask] = useState(false)
  const [giving, give] = useState(false)
  const asked = a.stages
    .filter((stage) => stage.state === 'waiting')
    .flatMap((stage) => stage.seats.flatMap((seat) => seat.candidates.map((c) => c.person.name)))
  return (
    <div style={{ marginBottom: 8 }}>
      <a href={paths.portalApproval(a.id)}>
        {a.reference} {a.title}
      </a>
      <div className="label">
        {[
          t(`ticketApprovals.state.${a.state}`),
          a.amount === null ? '' : money(a.amount.minor, a.amount.currency),
          ...(a.state === 'waiting' ? asked : []),
        ]
          .filter((word) => word !== '')
          .join(' · ')}
      </div>
      {a.reason !== '' && <div className="soft">{a.reason}</div>}
      {giving ? (
        <GiveSeat approval={a} onClose={() => give(false)} />
      ) : (
        <Group gap={6}>
          {a.refusals['give'] === null && !sure && (
            <Button size="compact-xs" variant="subtle" onClick={() => give(true)}>
              {t('giveSeat.verb')}
              <span className="unseen"> {a.title}</span>
            </Button>
          )}
          {a.refusals['withdraw'] === null && (
            <Button
              size="compact-xs"
              variant={sure ? 'default' : 'subtle'}
              loading={withdraw.isPending}
              onClick={() => (sure ? withdraw.mutate({ id: a.id }, { onError: tellFailed }) : ask(true))}
            >
              {t(sure ? 'ticketApprovals.withdrawSure' : 'ticketApprovals.withdraw')}
              <span className="unseen"> {a.title}</span>
            </Button>
          )}
          {sure && (
            <Button size="compact-xs" variant="subtle" onClick={() => ask(false)}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}

/** One person is asked; stages with several belong to services of the catalogue. */
function AskOne({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const act = useAct(approvals.ask, { onDone: onClose })
  const [title, setTitle] = useState(ticket.title)
  const [words, setWords] = useState('')
  const [person, setPerson] = useState<Ref | null>(null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (person === null || title.trim() === '') return
        act.mutate({
          about: { kind: 'ticket', id: ticket.id },
          title,
          words,
          definition: { stages: [{ name: person.name, approvers: [{ kind: 'person', id: person.id }] }] },
        })
      }}
    >
      <TextInput
        label={t('ticketApprovals.what')}
        required
        autoFocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <PersonField label={t('ticketApprovals.who')} required value={person} onChange={setPerson} />
      <Textarea
        label={t('ticketApprovals.words')}
        autosize
        minRows={2}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <FailureNote error={act.error} />
      <Group gap={6} mt={6}>
        <Button type="submit" loading={act.isPending} disabled={person === null || title.trim() === ''}>
          {t('ticketApprovals.ask')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  )
}
