import { Modal } from '@mantine/core'
import { useState } from 'react'
import type { Ref } from '../../contract/action.ts'
import { people, type Person } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import { PersonField } from './PersonField.tsx'

/** Someone leaves: the account ends, and what they owned goes to another. */
export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [to, setTo] = useState<Ref | null>(null)
  const deactivate = useAct(people.deactivate, {
    onDone: ({ handedOver }) => {
      tellDone(t('deactivate.done', { name: person.name, ...handedOver }))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('deactivate.title', { name: person.name })}>
      <Form
        onSubmit={() => deactivate.mutate({ id: person.id, version: person.version, handOverTo: to?.id ?? null })}
        verb={t('person.deactivate')}
        busy={deactivate.isPending}
        error={deactivate.error}
        onCancel={onClose}
      >
        <p style={{ marginTop: 0 }}>{t('deactivate.help', { n: person.openTickets })}</p>
        <PersonField label={t('deactivate.to')} description={t('deactivate.toHelp')} value={to} onChange={setTo} />
      </Form>
    </Modal>
  )
}
