import { Modal, Select } from '@mantine/core'
import { useState } from 'react'
import { people, type Person } from '../../contract/people.ts'
import type { Role } from '../../contract/permissions.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { useAct } from '../platform/query.ts'
import { Form } from '../ui/Form.tsx'
import { ShownOnce } from '../ui/ShownOnce.tsx'
import { roleOptions } from './words.ts'

/** An account (or another role for it). The link that sets the password is shown here once. */
export function InviteDialog({
  person,
  what,
  onClose,
}: {
  person: Person
  what: 'invite' | 'role'
  onClose: () => void
}) {
  const [role, setRole] = useState<Role>(person.account?.role ?? 'requester')
  const invite = useAct(people.invite)
  const change = useAct(people.changeRole, { onDone: onClose })
  const act = what === 'invite' ? invite : change
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(what === 'invite' ? 'invite.title' : 'person.changeRole', { name: person.name })}
    >
      {invite.data === undefined ? (
        <Form
          onSubmit={() => act.mutate({ id: person.id, role })}
          verb={t(what === 'invite' ? 'invite.verb' : 'save')}
          busy={act.isPending}
          error={act.error}
          onCancel={onClose}
        >
          <Select
            label={t('people.role')}
            description={t('invite.roleHelp')}
            data={roleOptions()}
            value={role}
            onChange={(next) => setRole(next ?? 'requester')}
            data-autofocus
          />
        </Form>
      ) : (
        <ShownOnce value={invite.data.link} label={t('invite.address')} copy={t('invite.copy')} onClose={onClose}>
          {t('invite.link', { name: person.name, at: absolute(invite.data.expiresAt) })}
        </ShownOnce>
      )}
    </Modal>
  )
}
